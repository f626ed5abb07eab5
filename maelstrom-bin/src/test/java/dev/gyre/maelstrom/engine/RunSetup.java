package dev.gyre.maelstrom.engine;

import dev.gyre.core.checker.SetInput;
import dev.gyre.core.checker.SetOutput;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Latency.Distribution;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import dev.gyre.maelstrom.engine.RunPlan.FaultPlan;
import dev.gyre.maelstrom.engine.RunPlan.Load;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A run of broadcast on nodes in this JVM, to be changed in one respect; it keeps what the run tells its observer. */
final class RunSetup {
    static final long SECOND = 1_000_000_000L;
    static final List<String> NODES = List.of("n0", "n1", "n2");

    final List<JournalEntry> journal = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    private long seed = 7;
    private Load load = new Load(3, 10, 5 * SECOND, 10 * SECOND);
    private FaultPlan faults = new FaultPlan(List.of(), SECOND);

    RunSetup seed(long value) {
        seed = value;
        return this;
    }

    RunSetup load(Load value) {
        load = value;
        return this;
    }

    RunSetup faults(FaultPlan value) {
        faults = value;
        return this;
    }

    RunPlan plan() {
        var latency = new Latency(Distribution.EXPONENTIAL, SECOND / 100);
        return new RunPlan(NODES, load, latency, faults, new RandomStreams(seed));
    }

    RunResult<SetInput, SetOutput> run(BiConsumer<Node, Letter> behaviour) {
        var timeline = new Timeline();
        var cluster = new FakeCluster(timeline, behaviour);
        var run = new Run<>(plan(), workload(), timeline, cluster, new RunObserver() {
            @Override
            public boolean wantsMessages() {
                return true;
            }

            @Override
            public void message(JournalEntry entry) {
                journal.add(entry);
            }

            @Override
            public void note(String line) {
                notes.add(line);
            }
        });
        FakeCluster.drive(run, cluster);
        return run.result();
    }

    /** Runs three workers at a rate, for some seconds, and ten more to recover. */
    RunResult<SetInput, SetOutput> run(int seconds, double rate, BiConsumer<Node, Letter> behaviour) {
        return load(new Load(3, rate, seconds * SECOND, 10 * SECOND)).run(behaviour);
    }

    /** Tells all others what it hears for the first time. */
    static void broadcast(Node node, Letter message) {
        @SuppressWarnings("unchecked") // Nothing else is kept under this name.
        var elements = (Set<Long>) node.memory.computeIfAbsent("elements", absent -> new TreeSet<Long>());
        switch (message.toBody().path("type").asText()) {
            case "broadcast" -> {
                elements.add(message.toBody().path("message").asLong());
                NODES.stream()
                        .filter(it -> !it.equals(node.id))
                        .forEach(it -> node.send(
                                it,
                                Json.body("gossip")
                                        .set("message", message.toBody().get("message"))));
                node.ok(message);
            }
            case "gossip" -> elements.add(message.toBody().path("message").asLong());
            case "read" -> {
                var ok = Json.body("read_ok");
                var array = ok.putArray("messages");
                elements.forEach(array::add);
                node.reply(message, ok);
            }
            default -> node.ok(message);
        }
    }

    @SuppressWarnings("unchecked") // Broadcast is a set.
    static Workload<SetInput, SetOutput> workload() {
        return (Workload<SetInput, SetOutput>)
                Workloads.create("broadcast", new Workloads.Settings(NODES, Topology.TOTAL))
                        .orElseThrow();
    }
}
