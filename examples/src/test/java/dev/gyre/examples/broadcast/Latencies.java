package dev.gyre.examples.broadcast;

import dev.gyre.core.simulation.SimulatedClient;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Measures how long elements take to reach the last node, by reading from each node whenever it may have learnt something. */
final class Latencies {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final SimulationRun<Msg> run;
    private final SimulatedClient<Msg> client;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final Map<Long, Set<String>> missing = new TreeMap<>();
    private final Map<Long, Long> starts = new TreeMap<>();
    private final List<Long> nanos = new ArrayList<>();

    Latencies(SimulationRun<Msg> run, Counted counted) {
        this.run = run;
        client = run.client();
        counted.whenTaken(this::look);
    }

    void broadcast(String node, long element) {
        missing.put(element, new HashSet<>(run.nodeIds()));
        starts.put(element, run.nowNanos());
        client.call(node, new Msg.Broadcast(element), TIMEOUT);
    }

    private void look(String node) {
        client.call(node, new Msg.Read(), TIMEOUT)
                .whenDone(outcome -> note(node, ((Msg.ReadOk) outcome.orThrow()).messages()));
    }

    private void note(String node, List<Long> elements) {
        for (var element : elements.subList(seen.getOrDefault(node, 0), elements.size())) {
            var without = Objects.requireNonNull(missing.get(element));
            without.remove(node);
            if (without.isEmpty()) {
                nanos.add(run.nowNanos() - Objects.requireNonNull(starts.get(element)));
            }
        }
        seen.put(node, elements.size());
    }

    double quantileMillis(double quantile) {
        if (nanos.size() < starts.size()) {
            throw new AssertionError(starts.size() - nanos.size() + " elements are not everywhere");
        }
        var sorted = nanos.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, (int) (quantile * sorted.size()))) / 1e6;
    }
}
