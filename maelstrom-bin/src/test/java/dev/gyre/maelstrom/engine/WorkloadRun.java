package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import dev.gyre.maelstrom.engine.RunPlan.FaultPlan;
import dev.gyre.maelstrom.engine.RunPlan.Load;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** A run of any workload on three nodes in this JVM, to be changed in one respect, and its verdict. */
final class WorkloadRun {
    private final String workload;
    private int workers = 6;
    private double rate = 50;
    private int seconds = 20;
    private Duration latency = Duration.ZERO;
    private Workloads.Keys keys = new Workloads.Keys(10, 16, 4);
    private Set<ConsistencyModel> models = EnumSet.of(ConsistencyModel.STRICT_SERIALIZABLE);

    /** A run and its verdict. */
    record Judged(RunResult<?, ?> run, Results results) {
        /** A figure of the workload's own verdict. */
        String workload(String key) {
            return String.valueOf(((Map<?, ?>) results.map().get("workload")).get(key));
        }

        String sentence() {
            return results.sentences().getFirst();
        }

        List<HistoryEvent> events(String function, HistoryEvent.Type type) {
            return run.events().stream()
                    .filter(it -> it.function().equals(function) && it.type() == type)
                    .toList();
        }
    }

    WorkloadRun(String workload) {
        this.workload = workload;
    }

    WorkloadRun load(int newWorkers, double newRate, int newSeconds) {
        workers = newWorkers;
        rate = newRate;
        seconds = newSeconds;
        return this;
    }

    WorkloadRun latency(Duration mean) {
        latency = mean;
        return this;
    }

    WorkloadRun keys(Workloads.Keys value) {
        keys = value;
        return this;
    }

    WorkloadRun models(ConsistencyModel first, ConsistencyModel... more) {
        models = EnumSet.of(first, more);
        return this;
    }

    Judged run(BiConsumer<Node, Letter> behaviour) {
        var settings = new Workloads.Settings(
                RunSetup.NODES, Topology.TOTAL, new Workloads.Clients(workers, rate, latency.toNanos()), keys, models);
        return judge(Workloads.create(workload, settings).orElseThrow(), (node, message) -> {
            if (message.toBody().path("type").asText().equals("init")) {
                node.ok(message);
            } else {
                behaviour.accept(node, message);
            }
        });
    }

    private <I, O> Judged judge(Workload<I, O> made, BiConsumer<Node, Letter> behaviour) {
        var timeline = new Timeline();
        var cluster = new FakeCluster(timeline, behaviour);
        var plan = new RunPlan(
                RunSetup.NODES,
                new Load(workers, rate, seconds * RunSetup.SECOND, RunSetup.SECOND),
                Latency.exponential(latency),
                new FaultPlan(List.of(), RunSetup.SECOND),
                new RandomStreams(7));
        var run = new Run<>(plan, made, timeline, cluster, new RunObserver() {});
        FakeCluster.drive(run, cluster);
        return new Judged(run.result(), Results.of(run.result(), Optional.empty()));
    }

    /** Answers with an error. */
    static void refuse(Node node, Letter message, int code) {
        node.reply(message, Json.body("error").put("code", code));
    }

    /** Answers with one more field. */
    static void answer(Node node, Letter message, String type, String field, JsonNode value) {
        ObjectNode body = Json.body(type);
        body.set(field, value);
        node.reply(message, body);
    }
}
