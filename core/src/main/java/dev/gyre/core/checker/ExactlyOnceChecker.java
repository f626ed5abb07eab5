package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Checks that each add to a total counts exactly once, and at each moment. Every read, not only a final one, must show the sum of all adds that were
 * acknowledged before it began, each once, and of any of those that ran beside it or whose outcome is unknown, each at most once. Failed adds did not
 * happen. Operations that only touch count as beside each other.
 *
 * <p>Reads are judged one by one: that a total of a later read leaves out an add of unknown outcome that an earlier one had shown is not noticed.
 *
 * <p>Where more than 65,536 separate ranges of sums would have to be kept, they are blurred into one: a read outside it is still a violation, one
 * inside makes the verdict {@link Validity#UNKNOWN}. Up to 16 adds that may or may not count are judged exactly, whatever they add.
 */
public final class ExactlyOnceChecker {
    /** Wrong reads listed in the details; a broken node breaks many alike. */
    private static final int ERRORS_MAX = 32;

    private final List<Operation<CounterInput, CounterOutput>> adds = new ArrayList<>();
    private final List<Operation<CounterInput, CounterOutput>> reads = new ArrayList<>();

    private ExactlyOnceChecker() {}

    /** What one read may show. */
    private record Judged(
            Operation<CounterInput, CounterOutput> read, SumRanges acceptable, Optional<TotalExplanation> wrong) {}

    /**
     * Judges the history of one total. Without a final read that was answered, when there are adds, or when the sums do not fit in 64 bits, the verdict
     * is {@link Validity#UNKNOWN}.
     *
     * @param history the operations, in order of invocation
     * @return the verdict, with {@code errors} (the first 32 of the reads that no sum explains, with what explains them best), {@code error-count},
     *     {@code read-count} and {@code final-read-count}
     * @throws IllegalArgumentException when an ok read has no value as its answer
     */
    public static CheckResult check(List<Operation<CounterInput, CounterOutput>> history) {
        var checker = new ExactlyOnceChecker();
        for (var operation : history) {
            if (operation.input() instanceof CounterInput.Add) {
                checker.adds.add(operation);
            } else if (operation.isOk()) {
                checker.reads.add(operation);
            }
        }
        try {
            return checker.judge(checker.reads.stream().map(checker::judge).toList());
        } catch (ArithmeticException overflow) {
            String sentence = "The sums of the adds do not fit in 64 bits, so nothing can be judged.";
            return new CheckResult(Validity.UNKNOWN, sentence, new LinkedHashMap<>());
        }
    }

    private Judged judge(Operation<CounterInput, CounterOutput> read) {
        var required = new ArrayList<Operation<CounterInput, CounterOutput>>();
        var optional = new ArrayList<Operation<CounterInput, CounterOutput>>();
        var failed = new ArrayList<Operation<CounterInput, CounterOutput>>();
        long sum = 0;
        for (var add : adds) {
            if (add.invokedNanos() > read.completedNanos()) {
                continue;
            }
            if (add.isOk() && add.completedNanos() < read.invokedNanos()) {
                required.add(add);
                sum = Math.addExact(sum, TotalExplanation.delta(add));
            } else if (add.isOk() || add.isUnknown()) {
                optional.add(add);
            } else {
                failed.add(add);
            }
        }
        var acceptable = new SumRanges(sum);
        optional.forEach(add -> acceptable.maybe(TotalExplanation.delta(add)));
        return new Judged(
                read,
                acceptable,
                acceptable.contains(value(read))
                        ? Optional.empty()
                        : Optional.of(TotalExplanation.of(
                                value(read), isFinal(read), acceptable, required, optional, failed)));
    }

    private CheckResult judge(List<Judged> judged) {
        var wrong = judged.stream().filter(one -> one.wrong.isPresent()).toList();
        var details = new LinkedHashMap<String, Object>();
        details.put(
                "errors",
                wrong.stream()
                        .limit(ERRORS_MAX)
                        .map(ExactlyOnceChecker::describe)
                        .toList());
        details.put("error-count", wrong.size());
        details.put("read-count", reads.size());
        long finals = reads.stream().filter(ExactlyOnceChecker::isFinal).count();
        details.put("final-read-count", finals);
        // What a final read leaves out is lost, an earlier one may have been too early: the worse is told.
        var worst = wrong.stream()
                .filter(one -> isFinal(one.read))
                .findFirst()
                .or(() -> wrong.stream().findFirst());
        if (worst.isPresent()) {
            return new CheckResult(Validity.INVALID, sentence(worst.get()), details);
        }
        if (finals == 0 && !adds.isEmpty()) {
            return new CheckResult(
                    Validity.UNKNOWN, "No final read was answered, so nobody knows what was lost.", details);
        }
        if (judged.stream().anyMatch(one -> one.acceptable.isBlurred())) {
            String sentence =
                    "So many adds have an unknown outcome that it cannot be told whether the sums of some of them"
                            + " are what reads show; no read lies beyond them all.";
            return new CheckResult(Validity.UNKNOWN, sentence, details);
        }
        String sentence = Phrases.count(reads.size(), "read counts", "reads count") + " each add exactly once, of "
                + Phrases.count(adds.size(), "add", "adds") + ".";
        return new CheckResult(Validity.VALID, sentence, details);
    }

    private static String sentence(Judged judged) {
        return (isFinal(judged.read) ? "A final read shows " : "A read shows ") + value(judged.read) + " "
                + Phrases.where(judged.read) + ", and "
                + judged.wrong.orElseThrow().sentence();
    }

    private static SequencedMap<String, Object> describe(Judged judged) {
        var wrong = judged.wrong.orElseThrow();
        var description = new LinkedHashMap<String, Object>();
        description.put("process", judged.read.process());
        description.put("operation", judged.read.index());
        description.put("value", value(judged.read));
        description.put("nearest", judged.acceptable.nearest(value(judged.read)));
        description.put("anomaly", wrong.anomaly());
        description.put("adds", wrong.adds().stream().map(Operation::index).toList());
        return description;
    }

    private static boolean isFinal(Operation<CounterInput, CounterOutput> read) {
        return read.input() instanceof CounterInput.Read(boolean isFinal) && isFinal;
    }

    private static long value(Operation<CounterInput, CounterOutput> read) {
        if (read.outcome() instanceof Outcome.Ok<CounterOutput>(CounterOutput.Value(long value))) {
            return value;
        }
        throw new IllegalArgumentException("the answer of a read is its value, not " + read.outcome()
                + ": see operation " + read.index() + " of process " + read.process());
    }
}
