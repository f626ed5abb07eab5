package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks that a concurrent history is linearizable: that each operation can be placed at one moment between its invocation
 * and its return, such that a {@link Model} that does them one at a time, in that order, gives the same answers (Herlihy
 * and Wing).
 *
 * <p>Failed operations did not happen and are left out. Those of unknown outcome may take effect at any time after their
 * invocation, or never; of these, what only reads is left out. Operations that only touch in time count as concurrent.
 *
 * <p>The problem is NP-complete, so a search has a {@link SearchBudget}. In practice its cost grows with how many
 * operations run at once, not with how many there are; for a store of many keys, use {@link PerKey}.
 */
public final class Linearizability {
    private Linearizability() {}

    /** Judges a history within {@link SearchBudget#DEFAULT}. See {@link #check(Model, List, SearchBudget)}. */
    public static <S, I, O> CheckResult check(Model<S, I, O> model, List<Operation<I, O>> history) {
        return check(model, history, SearchBudget.DEFAULT);
    }

    /**
     * Judges a history.
     *
     * @param model what the operations should have done
     * @param history the operations, in any order
     * @param budget what the search may spend
     * @return the verdict: {@link Validity#UNKNOWN} when the budget was spent first. With {@code operation-count ok-count
     *     unknown-count left-out-count steps configurations}, and unless it is valid {@code operation} (the one that could
     *     not be placed), {@code states} (those it met), {@code concurrent}, {@code longest-prefix-count} and
     *     {@code longest-prefix} (the end of the longest order that was found)
     */
    public static <S, I, O> CheckResult check(
            Model<S, I, O> model, List<Operation<I, O>> history, SearchBudget budget) {
        var certain = new ArrayList<Operation<I, O>>();
        var unknown = new ArrayList<Operation<I, O>>();
        for (var operation : history) {
            if (operation.isOk()) {
                certain.add(operation);
            } else if (operation.isUnknown() && !model.isReadOnly(operation.input())) {
                unknown.add(operation);
            }
        }
        certain.sort(Comparator.<Operation<I, O>>comparingLong(Operation::completedNanos)
                .thenComparingInt(Operation::index));
        var search = new LinearizationSearch<>(model, certain, unknown, budget);
        var ending = search.run();
        return new LinearizationReport<>(model, certain, unknown, search).result(ending, history.size(), budget);
    }
}
