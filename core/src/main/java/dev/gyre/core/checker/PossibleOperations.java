package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The operations of unknown outcome: each may be placed anywhere after its invocation, or nowhere.
 *
 * <p>Two with equal inputs differ in nothing but when they were invoked, and none must ever be placed. So they are taken in
 * order of invocation, and how many of each input are placed says it all: ten writes of one value that timed out are ten
 * configurations, not a thousand.
 */
final class PossibleOperations<I, O> {
    private final List<List<Operation<I, O>>> groups;
    private final int[] placed;

    PossibleOperations(List<Operation<I, O>> operations) {
        var byInput = new LinkedHashMap<I, List<Operation<I, O>>>();
        operations.stream()
                .sorted(Comparator.<Operation<I, O>>comparingLong(Operation::invokedNanos)
                        .thenComparingInt(Operation::index))
                .forEach(operation -> byInput.computeIfAbsent(operation.input(), first -> new ArrayList<>())
                        .add(operation));
        groups = List.copyOf(byInput.values());
        placed = new int[groups.size()];
    }

    int groups() {
        return groups.size();
    }

    /** Whether an operation of a group is left that was invoked by some time. */
    boolean isAvailable(int group, long nanos) {
        var operations = groups.get(group);
        return placed[group] < operations.size()
                && operations.get(placed[group]).invokedNanos() <= nanos;
    }

    /** The operation of a group that would be placed next. */
    Operation<I, O> next(int group) {
        return groups.get(group).get(placed[group]);
    }

    /** The operation of a group that was the n-th to be placed, from 0. */
    Operation<I, O> nth(int group, int n) {
        return groups.get(group).get(n);
    }

    void place(int group) {
        placed[group]++;
    }

    void unplace(int group) {
        placed[group]--;
    }

    int placed(int group) {
        return placed[group];
    }
}
