package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What explains a wrong total best: the fewest adds that are left out, counted twice, or counted though they failed.
 *
 * @param anomaly its name
 * @param adds the operations concerned; none when no few adds explain it
 * @param sentence what is wrong with the total, to be put behind what it is
 */
record TotalExplanation(String anomaly, List<Operation<CounterInput, CounterOutput>> adds, String sentence) {
    /** Sets of so many adds are all tried: 65,536 of them. Of more adds, each is tried alone. */
    private static final int SETS_MAX = 16;

    /** Operations that a sentence names. */
    private static final int NAMED_MAX = 3;

    /**
     * Explains a value that is no acceptable sum.
     *
     * @param isFinal whether it was read at the end, so that what it leaves out is lost
     * @param required the adds that must count
     * @param optional those that may
     * @param failed those that must not
     */
    static TotalExplanation of(
            long value,
            boolean isFinal,
            SumRanges acceptable,
            List<Operation<CounterInput, CounterOutput>> required,
            List<Operation<CounterInput, CounterOutput>> optional,
            List<Operation<CounterInput, CounterOutput>> failed) {
        var counted = new ArrayList<>(required);
        counted.addAll(optional);
        // Blurred ranges hold what is no sum, and would explain anything. An overflow here only makes for a poorer
        // sentence.
        LongPredicate fits = sum -> !acceptable.isBlurred() && acceptable.contains(sum);
        var missing = fewest(required, sum -> fits.test(value + sum));
        var twice = fewest(counted, sum -> fits.test(value - sum));
        var undone = fewest(failed, sum -> fits.test(value - sum));
        int least = Math.min(size(missing), Math.min(size(twice), size(undone)));
        if (least == Integer.MAX_VALUE) {
            return new TotalExplanation(
                    "invented-value",
                    List.of(),
                    "no adds sum up to that: the acceptable value nearest to it is " + acceptable.nearest(value)
                            + " (invented-value).");
        }
        if (size(missing) == least) {
            var anomaly = isFinal ? "lost-add" : "stale-total";
            return named(anomaly, missing, "leaves out ", ", acknowledged before it began");
        }
        return size(twice) == least
                ? named("doubled-add", twice, "counts twice ", "")
                : named("failed-add", undone, "counts ", ", which failed");
    }

    static long delta(Operation<CounterInput, CounterOutput> add) {
        if (add.input() instanceof CounterInput.Add(long delta)) {
            return delta;
        }
        throw new IllegalArgumentException("operation " + add.index() + " of process " + add.process() + " is no add");
    }

    private static int size(Optional<List<Operation<CounterInput, CounterOutput>>> adds) {
        return adds.map(List::size).orElse(Integer.MAX_VALUE);
    }

    private static TotalExplanation named(
            String anomaly, Optional<List<Operation<CounterInput, CounterOutput>>> found, String does, String how) {
        var adds = found.orElseThrow();
        var names = new ArrayList<String>();
        adds.stream().limit(NAMED_MAX).forEach(add -> names.add("the add of " + delta(add) + " " + Phrases.where(add)));
        if (adds.size() > NAMED_MAX) {
            names.add(Phrases.count(adds.size() - NAMED_MAX, "more add", "more adds"));
        }
        return new TotalExplanation(anomaly, adds, does + String.join(" and ", names) + how + " (" + anomaly + ").");
    }

    /** The smallest set of adds, but the empty one, whose sum explains the value; of equals, the one with earlier adds. */
    private static Optional<List<Operation<CounterInput, CounterOutput>>> fewest(
            List<Operation<CounterInput, CounterOutput>> adds, LongPredicate explains) {
        if (adds.size() > SETS_MAX) {
            return adds.stream()
                    .filter(add -> explains.test(delta(add)))
                    .findFirst()
                    .map(List::of);
        }
        int best = 0;
        for (int set = 1; set < 1 << adds.size(); set++) {
            boolean isFewer = best == 0 || Integer.bitCount(set) < Integer.bitCount(best);
            if (isFewer && explains.test(sum(adds, set))) {
                best = set;
            }
        }
        return best == 0 ? Optional.empty() : Optional.of(members(adds, best));
    }

    private static long sum(List<Operation<CounterInput, CounterOutput>> adds, int set) {
        return members(adds, set).stream().mapToLong(TotalExplanation::delta).sum();
    }

    private static List<Operation<CounterInput, CounterOutput>> members(
            List<Operation<CounterInput, CounterOutput>> adds, int set) {
        var members = new ArrayList<Operation<CounterInput, CounterOutput>>();
        for (int i = 0; i < adds.size(); i++) {
            if ((set & (1 << i)) != 0) {
                members.add(adds.get(i));
            }
        }
        return members;
    }
}
