package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.VersionOrder.Evidence;
import dev.gyre.core.checker.elle.VersionOrder.Pair;
import dev.gyre.core.checker.elle.VersionOrder.Reason;
import dev.gyre.core.checker.elle.graph.DependencyGraph;
import dev.gyre.core.checker.elle.graph.Relation;
import dev.gyre.core.checker.elle.graph.Step;

/**
 * The dependencies that registers show: a reader follows the writer of what it read; and for each two versions whose
 * order is known, the writer of the later one follows the writer and the readers of the earlier one.
 */
final class RegisterEdges {
    private final Transactions<RegisterOp> transactions;
    private final RegisterVersions versions;
    private final VersionOrder order;
    private final DependencyGraph.Builder graph;

    RegisterEdges(
            Transactions<RegisterOp> transactions,
            RegisterVersions versions,
            VersionOrder order,
            DependencyGraph.Builder graph) {
        this.transactions = transactions;
        this.versions = versions;
        this.order = order;
        this.graph = graph;
    }

    /** Adds them to the graph. */
    void run() {
        for (int version = 0; version < versions.size(); version++) {
            if (versions.writer(version) >= 0) {
                for (int reader : versions.readers(version)) {
                    graph.add(versions.writer(version), reader, Relation.WR, version, Step.NO_VERSION);
                }
            }
        }
        boolean[] follows = new boolean[versions.size()];
        order.pairs().keySet().forEach(pair -> follows[pair.after()] |= versions.writer(pair.before()) >= 0);
        order.pairs().forEach((pair, reason) -> {
            boolean adds =
                    reason.evidence() != Evidence.INITIAL || (versions.isLast(pair.after()) && !follows[pair.after()]);
            if (adds && !graph.full() && versions.writer(pair.after()) >= 0) {
                add(pair);
            }
        });
    }

    private void add(Pair pair) {
        int later = versions.writer(pair.after());
        if (versions.writer(pair.before()) >= 0) {
            graph.add(versions.writer(pair.before()), later, Relation.WW, pair.before(), pair.after());
        }
        for (int reader : versions.readers(pair.before())) {
            graph.add(reader, later, Relation.RW, pair.before(), pair.after());
        }
    }

    /** Says why one transaction comes before another. */
    String explain(Step step) {
        String from = transactions.name(step.from());
        String to = transactions.name(step.to());
        return switch (step.relation()) {
            case WR -> from + " wrote key " + keyValue(step.before()) + ", which " + to + " read";
            case WW -> from + " wrote key " + keyValue(step.before()) + ", which " + to + " overwrote" + later(step);
            case RW -> from + " read key " + keyValue(step.before()) + ", which " + to + " overwrote" + later(step);
            case PROCESS, REALTIME -> transactions.vertices().explainOrder(step, "T");
        };
    }

    private String keyValue(int version) {
        return versions.keyName(versions.key(version)) + " = " + Texts.value(versions.value(version));
    }

    private String later(Step step) {
        var pair = new Pair(step.before(), step.after());
        Reason reason = order.pairs().getOrDefault(pair, VersionOrder.FIRST);
        return " with " + Texts.value(versions.value(step.after())) + " (" + order.explain(pair, reason) + ")";
    }
}
