package dev.gyre.core.checker.elle.graph;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The operations that are vertices of a graph: those that happened or may have, in order of invocation.
 *
 * @param <O> the type of the operations
 */
public final class Vertices<O extends Operation<?, ?>> {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<O> operations;

    /** Takes the operations that did not fail, and puts them in order of invocation. */
    public Vertices(List<O> history) {
        var happened = new ArrayList<O>();
        for (var operation : history) {
            if (operation.isOk() || operation.isUnknown()) {
                happened.add(operation);
            }
        }
        happened.sort(Comparator.<O>comparingLong(Operation::invokedNanos).thenComparingInt(Operation::index));
        operations = List.copyOf(happened);
    }

    /** How many there are. */
    public int size() {
        return operations.size();
    }

    /** The operation of a vertex, from 0. */
    public O operation(int vertex) {
        return operations.get(vertex);
    }

    /** Adds what the order of each process says, and what real time says, as far as a kind of cycles needs it. */
    public void addOrder(DependencyGraph.Builder graph, CycleKind.Order order) {
        if (order != CycleKind.Order.DATA) {
            addProcessEdges(graph);
        }
        if (order == CycleKind.Order.REALTIME) {
            graph.realtime(realtime(IntStream.range(0, size()).boxed().toList()));
        }
    }

    /** The real-time order of some vertices, given in ascending order and numbered anew from 0. */
    public RealtimeOrder realtime(List<Integer> some) {
        long[] invoked = new long[some.size()];
        long[] completed = new long[some.size()];
        for (int i = 0; i < invoked.length; i++) {
            var operation = operation(some.get(i));
            invoked[i] = operation.invokedNanos();
            completed[i] = operation.isOk() ? operation.completedNanos() : Long.MAX_VALUE;
        }
        return RealtimeOrder.of(invoked, completed);
    }

    /** An operation whose outcome is unknown may take effect at any later time, so nothing follows it. */
    private void addProcessEdges(DependencyGraph.Builder graph) {
        Map<Integer, Integer> last = new HashMap<>();
        for (int v = 0; v < size(); v++) {
            var operation = operation(v);
            Integer previous = last.get(operation.process());
            if (previous != null && operation(previous).completedNanos() <= operation.invokedNanos()) {
                graph.add(previous, v, Relation.PROCESS, Step.NO_VERSION, Step.NO_VERSION);
            }
            if (operation.isOk()) {
                last.put(operation.process(), v);
            }
        }
    }

    /** Says why a step holds that rests on order alone, with a name in front of each operation's index. */
    public String explainOrder(Step step, String prefix) {
        var from = operation(step.from());
        var to = operation(step.to());
        String names = prefix + from.index() + " ended before " + prefix + to.index() + " began";
        return step.relation() == Relation.PROCESS
                ? names + " in process " + to.process()
                : String.format(
                        Locale.ROOT,
                        "%s, at %.3f ms and %.3f ms",
                        names,
                        from.completedNanos() / NANOS_PER_MILLI,
                        to.invokedNanos() / NANOS_PER_MILLI);
    }
}
