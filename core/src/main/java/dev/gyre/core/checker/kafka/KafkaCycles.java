package dev.gyre.core.checker.kafka;

import dev.gyre.core.checker.elle.graph.Cycle;
import dev.gyre.core.checker.elle.graph.CycleFinder;
import dev.gyre.core.checker.elle.graph.CycleKind.Order;
import dev.gyre.core.checker.elle.graph.DependencyGraph;
import dev.gyre.core.checker.elle.graph.Relation;
import dev.gyre.core.checker.elle.graph.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks for circles of operations: of sends, which logs allow, since nothing isolates the sends of a transaction; and
 * of polls of what others sent, which they do not.
 */
final class KafkaCycles {
    private record Entry(String key, LogEntry entry) {}

    private final KafkaHistory history;
    private final KafkaFindings findings;
    private final int dependenciesMax;
    private final List<Entry> versions = new ArrayList<>();
    private boolean full;

    KafkaCycles(KafkaHistory history, KafkaFindings findings, int dependenciesMax) {
        this.history = history;
        this.findings = findings;
        this.dependenciesMax = dependenciesMax;
    }

    /** Adds what it finds to the findings. */
    void run() {
        find(this::addSends);
        find(this::addPolls);
    }

    /** Whether there were more dependencies than the budget allows. */
    boolean full() {
        return full;
    }

    private void find(Consumer<DependencyGraph.Builder> edges) {
        versions.clear();
        var graph = new DependencyGraph.Builder(history.vertices().size(), dependenciesMax);
        edges.accept(graph);
        history.vertices().addOrder(graph, Order.REALTIME);
        full |= graph.full();
        for (var cycle : CycleFinder.find(graph.build(), Order.REALTIME)) {
            findings.add(typeOf(cycle), explain(cycle));
        }
    }

    /** The writers of neighbours in a log, as far as they are known. */
    private void addSends(DependencyGraph.Builder graph) {
        history.logs().forEach((key, log) -> {
            int previous = Step.NO_VERSION;
            int previousWriter = -1;
            for (var entry : log.entries()) {
                for (var send : log.sendOf(entry.message())) {
                    if (!send.failed()) {
                        versions.add(new Entry(key, entry));
                        int version = versions.size() - 1;
                        if (previousWriter >= 0) {
                            graph.add(previousWriter, send.vertex(), Relation.WW, previous, version);
                        }
                        previous = version;
                        previousWriter = send.vertex();
                    }
                }
            }
        });
    }

    private void addPolls(DependencyGraph.Builder graph) {
        for (int v = 0; v < history.vertices().size(); v++) {
            int poller = v;
            for (var part : history.parts(v)) {
                if (part.reply().isPresent() && part.reply().get() instanceof KafkaReply.Polled(var polled)) {
                    polled.forEach((key, entries) -> entries.forEach(entry -> addPoll(graph, poller, key, entry)));
                }
            }
        }
    }

    private void addPoll(DependencyGraph.Builder graph, int poller, String key, LogEntry entry) {
        for (var send : history.logs().getOrDefault(key, new KafkaLog()).sendOf(entry.message())) {
            if (send.vertex() == poller) {
                findings.add(
                        KafkaAnomaly.PRECOMMITTED_READ,
                        history.name(poller) + " polled message " + entry.message() + " of key " + key
                                + ", which it sends itself");
            } else if (!send.failed()) {
                versions.add(new Entry(key, entry));
                graph.add(send.vertex(), poller, Relation.WR, versions.size() - 1, Step.NO_VERSION);
            }
        }
    }

    private static KafkaAnomaly typeOf(Cycle cycle) {
        for (var type : KafkaAnomaly.values()) {
            if (type.label().equals(cycle.kind().label())) {
                return type;
            }
        }
        throw new IllegalStateException(
                "logs have no cycles of kind " + cycle.kind().label());
    }

    private String explain(Cycle cycle) {
        var steps = cycle.steps().stream().map(this::explain).toList();
        return String.join("; ", steps) + ": a cycle, so none of these " + steps.size() + " operations is the first";
    }

    private String explain(Step step) {
        String from = history.name(step.from());
        String to = history.nameWithin(step.to());
        return switch (step.relation()) {
            case WW ->
                from + " sent " + text(versions.get(step.before())) + ", after which " + to + " sent "
                        + text(versions.get(step.after()));
            case WR -> from + " sent " + text(versions.get(step.before())) + ", which " + to + " polled";
            case RW -> throw new IllegalStateException("logs have no anti-dependencies");
            case PROCESS, REALTIME -> history.vertices().explainOrder(step, "operation ");
        };
    }

    private static String text(Entry version) {
        return "message " + version.entry().message() + " of key " + version.key() + " at offset "
                + version.entry().offset();
    }
}
