package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Checks a counter (Maelstrom's g-counter and pn-counter): each final read must show the sum of all acknowledged adds, plus
 * any of those whose outcome is unknown. Failed adds did not happen; reads that are not final may show anything.
 *
 * <p>Many unknown adds of small deltas are judged exactly. Where more than 65,536 separate ranges of sums would have to be
 * kept, they are blurred into one: a read outside it is still a violation, one inside makes the verdict
 * {@link Validity#UNKNOWN}.
 */
public final class CounterChecker {
    /** Ranges listed in the details; nobody reads more. */
    private static final int ACCEPTABLE_MAX = 1_000;

    private final List<Operation<CounterInput, CounterOutput>> finalReads = new ArrayList<>();
    private final List<Long> unknownDeltas = new ArrayList<>();
    private long sum;

    private CounterChecker() {}

    /**
     * Judges a history of adds and reads. Without a final read that was answered, or when the sums do not fit in 64 bits,
     * the verdict is {@link Validity#UNKNOWN}.
     *
     * @param history the operations, in order of invocation
     * @return the verdict, with {@code errors} (the final reads that no sum explains), {@code final-reads} (their values)
     *     and {@code acceptable} (ranges {@code [lowest, highest]}, ascending; at most the first 1,000)
     * @throws IllegalArgumentException when an ok read has no value as its answer
     */
    public static CheckResult check(List<Operation<CounterInput, CounterOutput>> history) {
        var checker = new CounterChecker();
        try {
            history.forEach(checker::take);
            var acceptable = new SumRanges(checker.sum);
            checker.unknownDeltas.forEach(acceptable::maybe);
            return checker.judge(acceptable);
        } catch (ArithmeticException overflow) {
            String sentence = "The sums of the adds do not fit in 64 bits, so nothing can be judged.";
            return new CheckResult(Validity.UNKNOWN, sentence, new LinkedHashMap<>());
        }
    }

    private void take(Operation<CounterInput, CounterOutput> operation) {
        switch (operation.input()) {
            case CounterInput.Add(long delta) -> {
                if (operation.isOk()) {
                    sum = Math.addExact(sum, delta);
                } else if (operation.isUnknown()) {
                    unknownDeltas.add(delta);
                }
            }
            case CounterInput.Read(boolean isFinal) -> {
                if (isFinal && operation.isOk()) {
                    finalReads.add(operation);
                }
            }
        }
    }

    private CheckResult judge(SumRanges acceptable) {
        var errors = finalReads.stream()
                .filter(read -> !acceptable.contains(value(read)))
                .toList();
        var details = new LinkedHashMap<String, Object>();
        details.put("errors", errors.stream().map(CounterChecker::describe).toList());
        details.put(
                "final-reads", finalReads.stream().map(CounterChecker::value).toList());
        var ranges = acceptable.toList();
        details.put("acceptable", ranges.subList(0, Math.min(ranges.size(), ACCEPTABLE_MAX)));
        if (!errors.isEmpty()) {
            return new CheckResult(Validity.INVALID, wrong(errors.getFirst(), acceptable), details);
        }
        if (finalReads.isEmpty()) {
            return new CheckResult(Validity.UNKNOWN, "No final read was answered, so nothing can be judged.", details);
        }
        if (acceptable.isBlurred()) {
            String sentence = "The " + unknownDeltas.size() + " adds of unknown outcome have too many different sums to"
                    + " tell whether the final reads are among them; no read lies beyond them all.";
            return new CheckResult(Validity.UNKNOWN, sentence, details);
        }
        String sentence =
                Phrases.count(finalReads.size(), "final read agrees", "final reads agree") + " with " + sums() + ".";
        return new CheckResult(Validity.VALID, sentence, details);
    }

    private String wrong(Operation<CounterInput, CounterOutput> read, SumRanges acceptable) {
        long value = value(read);
        return "A final read shows " + value + " " + Phrases.where(read) + ", which does not agree with " + sums()
                + (unknownDeltas.isEmpty()
                        ? ""
                        : ": the acceptable value nearest to it is " + acceptable.nearest(value))
                + ".";
    }

    private String sums() {
        String acknowledged = "the sum of the acknowledged adds, " + sum;
        return switch (unknownDeltas.size()) {
            case 0 -> acknowledged;
            case 1 -> acknowledged + ", and perhaps the one add of unknown outcome";
            default -> acknowledged + ", and perhaps some of the " + unknownDeltas.size() + " adds of unknown outcome";
        };
    }

    private static SequencedMap<String, Object> describe(Operation<CounterInput, CounterOutput> read) {
        var description = new LinkedHashMap<String, Object>();
        description.put("process", read.process());
        description.put("operation", read.index());
        description.put("value", value(read));
        return description;
    }

    private static long value(Operation<CounterInput, CounterOutput> read) {
        if (read.outcome() instanceof Outcome.Ok<CounterOutput>(CounterOutput.Value(long value))) {
            return value;
        }
        throw new IllegalArgumentException("the answer of a read is its value, not " + read.outcome()
                + ": see operation " + read.index() + " of process " + read.process());
    }
}
