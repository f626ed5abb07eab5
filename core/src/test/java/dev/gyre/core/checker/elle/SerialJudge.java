package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.graph.CycleKind.Order;
import dev.gyre.core.history.Operation;
import java.util.List;

/**
 * Says whether a tiny history is serializable by trying every serial order, with every choice of unknown transactions
 * that happened; with the order of processes or of real time, only the orders that agree with it.
 */
final class SerialJudge<M> {
    private final Tiny<M> kind;
    private final List<Operation<List<M>, List<M>>> history;
    private final Order order;

    SerialJudge(Tiny<M> kind, List<Operation<List<M>, List<M>>> history, Order order) {
        this.kind = kind;
        this.history = history;
        this.order = order;
    }

    boolean holds() {
        return search(kind.empty().get(), 0);
    }

    private boolean search(Store<M> store, int done) {
        boolean complete = true;
        for (int t = 0; t < history.size(); t++) {
            complete &= (done & 1 << t) != 0 || !history.get(t).isOk();
        }
        if (complete) {
            return true;
        }
        for (int t = 0; t < history.size(); t++) {
            var operation = history.get(t);
            if ((done & 1 << t) == 0 && (operation.isOk() || operation.isUnknown()) && mayBeNext(t, done)) {
                var next = store.copy();
                if (kind.replay(operation, next) && search(next, done | 1 << t)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mayBeNext(int t, int done) {
        for (int earlier = 0; earlier < history.size(); earlier++) {
            var one = history.get(earlier);
            var other = history.get(t);
            if ((done & 1 << earlier) != 0 || !one.isOk() || earlier == t) {
                continue;
            }
            boolean ended = one.completedNanos() < other.invokedNanos();
            boolean endedInProcess = one.process() == other.process() && one.index() < other.index();
            if ((order == Order.REALTIME && (ended || endedInProcess)) || (order == Order.PROCESS && endedInProcess)) {
                return false;
            }
        }
        return true;
    }
}
