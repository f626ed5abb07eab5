package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Judges linearizability from its definition: every subset of the unknown operations, in every order. For tiny histories. */
final class BruteForce<I, O> {
    private final Supplier<? extends Machine<I, O>> machines;

    BruteForce(Supplier<? extends Machine<I, O>> machines) {
        this.machines = machines;
    }

    boolean isLinearizable(List<Operation<I, O>> history) {
        var unknown = history.stream().filter(Operation::isUnknown).toList();
        for (int bits = 0; bits < 1 << unknown.size(); bits++) {
            var chosen = new ArrayList<Operation<I, O>>();
            history.stream().filter(Operation::isOk).forEach(chosen::add);
            for (int i = 0; i < unknown.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    chosen.add(unknown.get(i));
                }
            }
            if (anyOrder(chosen, 0)) {
                return true;
            }
        }
        return false;
    }

    /** Tries all permutations of the operations from a place on. */
    private boolean anyOrder(List<Operation<I, O>> order, int place) {
        if (place == order.size()) {
            return respectsTime(order) && explains(order);
        }
        for (int i = place; i < order.size(); i++) {
            Collections.swap(order, place, i);
            boolean found = anyOrder(order, place + 1);
            Collections.swap(order, place, i);
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static boolean respectsTime(List<? extends Operation<?, ?>> order) {
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                if (order.get(j).isOk()
                        && order.get(j).completedNanos() < order.get(i).invokedNanos()) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean explains(List<Operation<I, O>> order) {
        var machine = machines.get();
        for (var operation : order) {
            Outcome<O> answer = machine.apply(operation.input());
            if (operation.isOk() && !answer.equals(operation.outcome())) {
                return false;
            }
        }
        return true;
    }
}
