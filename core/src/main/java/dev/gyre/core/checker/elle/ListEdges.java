package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.ListOp.Read;
import dev.gyre.core.checker.elle.graph.DependencyGraph;
import dev.gyre.core.checker.elle.graph.Relation;
import dev.gyre.core.checker.elle.graph.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The dependencies that lists show. Along the order of a key's versions each write follows the one before, leaving out
 * failed ones; a reader follows the writer of the last element that it saw, and comes before the writer of the next.
 * An append that no read shows follows all that the longest read shows, provided that it happened at all.
 */
final class ListEdges {
    private final Transactions<ListOp> transactions;
    private final ListVersions versions;
    private final DependencyGraph.Builder graph;
    private final List<int[]> next = new ArrayList<>();
    private final List<List<Integer>> unseen = new ArrayList<>();

    ListEdges(Transactions<ListOp> transactions, ListVersions versions, DependencyGraph.Builder graph) {
        this.transactions = transactions;
        this.versions = versions;
        this.graph = graph;
    }

    /** Adds them to the graph. */
    void run() {
        findUnseen();
        for (int k = 0; k < versions.keyCount(); k++) {
            next.add(nextCommitted(versions.order(k)));
            addWrites(k);
        }
        for (int t = 0; t < transactions.size(); t++) {
            for (var op : transactions.answer(t)) {
                if (op instanceof Read(var name, var elements)) {
                    addRead(t, versions.keyId(name), elements);
                }
            }
        }
    }

    /** For each place, the first one from there on whose writer did not fail; the length if there is none. */
    private int[] nextCommitted(int[] order) {
        int[] places = new int[order.length + 1];
        places[order.length] = order.length;
        for (int i = order.length - 1; i >= 0; i--) {
            places[i] = order[i] >= 0 && versions.writer(order[i]) >= 0 ? i : places[i + 1];
        }
        return places;
    }

    private void findUnseen() {
        for (int k = 0; k < versions.keyCount(); k++) {
            unseen.add(new ArrayList<>());
        }
        boolean[] happened = new boolean[transactions.size()];
        for (int t = 0; t < transactions.size(); t++) {
            happened[t] = transactions.happened(t);
        }
        for (int version = 0; version < versions.size(); version++) {
            if (versions.position(version) >= 0 && versions.writer(version) >= 0) {
                happened[versions.writer(version)] = true;
            }
        }
        for (int version = 0; version < versions.size(); version++) {
            int writer = versions.writer(version);
            if (versions.position(version) < 0 && writer >= 0 && happened[writer]) {
                unseen.get(versions.key(version)).add(version);
            }
        }
    }

    private void addWrites(int k) {
        int previous = Step.NO_VERSION;
        for (int version : versions.order(k)) {
            if (version >= 0 && versions.writer(version) >= 0) {
                addWrite(previous, version);
                previous = version;
            }
        }
        for (int version : unseen.get(k)) {
            addWrite(previous, version);
        }
    }

    private void addWrite(int previous, int version) {
        if (previous >= 0) {
            graph.add(versions.writer(previous), versions.writer(version), Relation.WW, previous, version);
        }
    }

    private void addRead(int t, int k, List<Long> elements) {
        int seen = elements.isEmpty() ? Step.NO_VERSION : versions.id(k, elements.getLast());
        if (!elements.isEmpty() && (seen < 0 || versions.writer(seen) == t)) {
            return;
        }
        if (seen >= 0 && versions.writer(seen) >= 0) {
            graph.add(versions.writer(seen), t, Relation.WR, seen, Step.NO_VERSION);
        }
        if (seen >= 0 && versions.position(seen) < 0) {
            return;
        }
        int place = seen < 0 ? 0 : versions.position(seen) + 1;
        int following = next.get(k)[place];
        if (following < versions.order(k).length) {
            int version = versions.order(k)[following];
            graph.add(t, versions.writer(version), Relation.RW, seen, version);
            return;
        }
        var all = unseen.get(k);
        for (int i = 0; i < all.size() && !graph.full(); i++) {
            graph.add(t, versions.writer(all.get(i)), Relation.RW, seen, all.get(i));
        }
    }

    /** Says why one transaction comes before another. */
    String explain(Step step) {
        String from = transactions.name(step.from());
        String to = transactions.name(step.to());
        return switch (step.relation()) {
            case WW ->
                from + " appended " + versions.value(step.before()) + " to key " + keyOf(step.after())
                        + ", after which " + to + " appended " + versions.value(step.after()) + hidden(step.after());
            case WR ->
                from + " appended " + versions.value(step.before()) + " to key " + keyOf(step.before()) + ", which "
                        + to + " read";
            case RW ->
                from + " read key " + keyOf(step.after())
                        + (step.before() < 0 ? " as empty" : " up to " + versions.value(step.before())) + ", before "
                        + to + " appended " + versions.value(step.after()) + hidden(step.after());
            case PROCESS, REALTIME -> transactions.vertices().explainOrder(step, "T");
        };
    }

    private String keyOf(int version) {
        return versions.keyName(versions.key(version));
    }

    private String hidden(int version) {
        return versions.position(version) < 0 ? ", which no read shows" : "";
    }
}
