package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks a set that only grows (Maelstrom's broadcast and g-set): what was acknowledged must stay visible.
 *
 * <p>An element is <em>known</em> from when its add is acknowledged or a completed read first shows it, whichever is
 * earlier. It is <em>stable</em> when the last read that shows it began after the last read that does not. It is
 * <em>lost</em> when it is known, a read that began later misses it, and no read that began after that shows it. All else
 * is <em>never read</em>. A stable element is <em>stale</em> when a read that began at least a millisecond after it was
 * known still missed it, which is allowed.
 *
 * <p>Beyond Maelstrom, a history is also invalid when one read holds an element twice, or shows an element that nobody had
 * added by then: there is no add, it began later, or it surely failed.
 *
 * <p>Takes time for each pair of a read and an element (thousands of each take less than a second), and memory for each
 * element.
 */
public final class SetFullChecker {
    private SetFullChecker() {}

    /**
     * Judges a history of adds and reads. Where no element became stable and nothing is wrong, the verdict is
     * {@link Validity#UNKNOWN}.
     *
     * @param history the operations, in order of invocation
     * @return the verdict, with {@code attempt-count stable-count lost lost-count stale stale-count never-read
     *     never-read-count duplicated duplicated-count unexpected unexpected-count stable-latencies lost-latencies
     *     worst-stale}; latencies are in ms at quantiles 0, 0.5, 0.95, 0.99 and 1; {@code duplicated} maps an element to
     *     the most copies in one read
     * @throws IllegalArgumentException when an ok read has no elements as its answer
     */
    public static CheckResult check(List<Operation<SetInput, SetOutput>> history) {
        var ordered = history.stream()
                .sorted(Comparator.comparingInt(Operation::index))
                .toList();
        // Looked up for each element of each read; put in order, for iteration, once it is complete.
        var byValue = new HashMap<Long, SetElement>();
        for (var operation : ordered) {
            if (operation.input() instanceof SetInput.Add(long value)) {
                byValue.computeIfAbsent(value, SetElement::new).added(operation);
            }
        }
        var attempted = new TreeMap<>(byValue).values().toArray(SetElement[]::new);
        int reads = 0;
        for (var operation : ordered) {
            if (operation.input() instanceof SetInput.Read
                    && operation.outcome() instanceof Outcome.Ok<SetOutput>(SetOutput output)) {
                reads++;
                present(operation, output, byValue);
                for (var element : attempted) {
                    element.absentUnlessPresent(operation);
                }
            }
        }
        return new SetFullReport(List.copyOf(new TreeMap<>(byValue).values()), reads).result();
    }

    private static void present(Operation<SetInput, SetOutput> read, SetOutput output, Map<Long, SetElement> byValue) {
        if (!(output instanceof SetOutput.Elements elements)) {
            throw new IllegalArgumentException("the answer of a read is its elements, not " + output
                    + ": see operation " + read.index() + " of process " + read.process());
        }
        for (int i = 0; i < elements.size(); i++) {
            byValue.computeIfAbsent(elements.get(i), SetElement::new).present(read);
        }
    }
}
