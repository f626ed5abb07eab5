package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.RegisterVersions.Access;
import dev.gyre.core.checker.elle.graph.Cycle;
import dev.gyre.core.checker.elle.graph.CycleFinder;
import dev.gyre.core.checker.elle.graph.CycleKind.Order;
import dev.gyre.core.checker.elle.graph.DependencyGraph;
import dev.gyre.core.checker.elle.graph.Relation;
import dev.gyre.core.checker.elle.graph.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be inferred of the order of registers' versions, source by source: the initial version comes first; what a
 * transaction wrote comes after what it had read of the key; and, if one may assume so, versions follow the order of
 * processes, or of real time. A source that puts a key's versions in a circle is reported, and not used for that key.
 */
final class VersionOrder {
    /** Why one version comes before another. */
    enum Evidence {
        INITIAL,
        WRITES_FOLLOW_READS,
        PROCESS,
        REALTIME
    }

    /** Two versions of a key in their order. */
    record Pair(int before, int after) {}

    /** Why a pair is so, and the transactions that show it, for processes and real time. */
    record Reason(Evidence evidence, int earlier, int later) {}

    /** Why the initial version comes before the others. */
    static final Reason FIRST = new Reason(Evidence.INITIAL, -1, -1);

    private final Transactions<RegisterOp> transactions;
    private final RegisterVersions versions;
    private final Findings findings;
    private final int pairsMax;
    private final Map<Pair, Reason> pairs = new LinkedHashMap<>();
    private Map<Pair, Reason> candidates = new LinkedHashMap<>();
    private boolean full;

    VersionOrder(Transactions<RegisterOp> transactions, RegisterVersions versions, Findings findings, int pairsMax) {
        this.transactions = transactions;
        this.versions = versions;
        this.findings = findings;
        this.pairsMax = pairsMax;
    }

    /** Infers what these assumptions allow. */
    void run(Set<KeyAssumption> assumptions) {
        inferInitial();
        accept();
        inferWritesFollowReads();
        accept();
        if (assumptions.contains(KeyAssumption.SEQUENTIAL)) {
            inferProcessOrder();
            accept();
        }
        if (assumptions.contains(KeyAssumption.LINEARIZABLE)) {
            inferRealtimeOrder();
            accept();
        }
    }

    /** The pairs inferred, each with its first reason. */
    Map<Pair, Reason> pairs() {
        return pairs;
    }

    /** Whether there were more than the budget allows. */
    boolean full() {
        return full;
    }

    /** How many pairs of versions there are, over all keys; those that only failed transactions wrote are none. */
    long pairCount() {
        long[] counts = new long[versions.keyCount()];
        for (int version = 0; version < versions.size(); version++) {
            if (versions.isInitial(version) || versions.writer(version) >= 0) {
                counts[versions.key(version)]++;
            }
        }
        long sum = 0;
        for (long count : counts) {
            sum += count * (count - 1) / 2;
        }
        return sum;
    }

    private void inferInitial() {
        int[] initial = new int[versions.keyCount()];
        for (int version = 0; version < versions.size(); version++) {
            if (versions.isInitial(version)) {
                initial[versions.key(version)] = version;
            }
        }
        int size = versions.size();
        for (int version = 0; version < size; version++) {
            if (!versions.isInitial(version) && versions.isInitial(initial[versions.key(version)])) {
                propose(initial[versions.key(version)], version, FIRST);
            }
        }
    }

    private void inferWritesFollowReads() {
        for (int t = 0; t < transactions.size(); t++) {
            for (var access : versions.accesses(t)) {
                if (access.read() != RegisterVersions.NONE && access.write() != RegisterVersions.NONE) {
                    propose(access.read(), access.write(), new Reason(Evidence.WRITES_FOLLOW_READS, t, t));
                }
            }
        }
    }

    private record ProcessKey(int process, int key) {}

    private record Met(int transaction, Access access) {}

    private void inferProcessOrder() {
        Map<ProcessKey, Met> last = new LinkedHashMap<>();
        for (int t = 0; t < transactions.size(); t++) {
            var operation = transactions.vertices().operation(t);
            for (var access : versions.accesses(t)) {
                var at = new ProcessKey(operation.process(), access.key());
                var met = last.get(at);
                if (met != null) {
                    var earlier = transactions.vertices().operation(met.transaction());
                    if (earlier.completedNanos() <= operation.invokedNanos()) {
                        var reason = new Reason(Evidence.PROCESS, met.transaction(), t);
                        propose(met.access().last(), access.first(), reason);
                    }
                }
                if (transactions.happened(t)) {
                    last.put(at, new Met(t, access));
                }
            }
        }
    }

    private void inferRealtimeOrder() {
        var met = new ArrayList<List<Met>>();
        for (int k = 0; k < versions.keyCount(); k++) {
            met.add(new ArrayList<>());
        }
        for (int t = 0; t < transactions.size(); t++) {
            for (var access : versions.accesses(t)) {
                met.get(access.key()).add(new Met(t, access));
            }
        }
        for (var ofKey : met) {
            var order = transactions
                    .vertices()
                    .realtime(ofKey.stream().map(Met::transaction).toList());
            for (int i = 0; i < ofKey.size(); i++) {
                var earlier = ofKey.get(i);
                for (int j = order.first(i); j < order.end(i); j++) {
                    var later = ofKey.get(j);
                    var reason = new Reason(Evidence.REALTIME, earlier.transaction(), later.transaction());
                    propose(earlier.access().last(), later.access().first(), reason);
                }
            }
        }
    }

    private void propose(int before, int after, Reason reason) {
        if (before == after || pairs.containsKey(new Pair(before, after))) {
            return;
        }
        if (pairs.size() + candidates.size() >= pairsMax) {
            full = true;
            return;
        }
        candidates.putIfAbsent(new Pair(before, after), reason);
    }

    /** Keeps the candidates, but those of keys whose versions they would put in a circle. */
    private void accept() {
        var builder = new DependencyGraph.Builder(versions.size(), pairsMax);
        pairs.keySet().forEach(pair -> addTo(builder, pair));
        candidates.keySet().forEach(pair -> addTo(builder, pair));
        var graph = builder.build();
        boolean[] circular = new boolean[versions.keyCount()];
        for (int[] component : CycleFinder.components(graph)) {
            circular[versions.key(component[0])] = true;
        }
        CycleFinder.find(graph, Order.DATA).forEach(this::report);
        candidates.forEach((pair, reason) -> {
            if (!circular[versions.key(pair.before())]) {
                pairs.put(pair, reason);
            }
        });
        candidates = new LinkedHashMap<>();
    }

    private static void addTo(DependencyGraph.Builder graph, Pair pair) {
        graph.add(pair.before(), pair.after(), Relation.WW, Step.NO_VERSION, Step.NO_VERSION);
    }

    private void report(Cycle cycle) {
        Set<Integer> writers = new LinkedHashSet<>();
        var why = new ArrayList<String>();
        for (var step : cycle.steps()) {
            if (versions.writer(step.from()) >= 0) {
                writers.add(versions.writer(step.from()));
            }
            var pair = new Pair(step.from(), step.to());
            why.add(explain(pair, pairs.getOrDefault(pair, candidates.getOrDefault(pair, FIRST))));
        }
        String text = "versions of key "
                + versions.keyName(versions.key(cycle.vertices().getFirst())) + " come before each other: "
                + String.join("; ", why);
        findings.add(AnomalyType.CYCLIC_VERSIONS, new Finding(List.copyOf(writers), text, List.copyOf(why)));
    }

    /** Says why one version comes before another. */
    String explain(Pair pair, Reason reason) {
        String before = Texts.value(versions.value(pair.before()));
        String after = Texts.value(versions.value(pair.after()));
        return switch (reason.evidence()) {
            case INITIAL -> "every key begins with nothing";
            case WRITES_FOLLOW_READS ->
                transactions.name(reason.later()) + " read " + before + " before it wrote " + after;
            case PROCESS ->
                "process "
                        + transactions.vertices().operation(reason.later()).process() + " met " + before + " in "
                        + transactions.name(reason.earlier())
                        + ", then " + after + " in " + transactions.name(reason.later());
            case REALTIME ->
                transactions.name(reason.earlier()) + " met " + before + " and ended before "
                        + transactions.name(reason.later()) + " began and met " + after;
        };
    }
}
