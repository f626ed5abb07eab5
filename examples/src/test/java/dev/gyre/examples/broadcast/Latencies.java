package dev.gyre.examples.broadcast;

import dev.gyre.examples.VirtualCluster;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Measures how long elements take to reach the last node, by looking at all nodes every ten milliseconds of virtual time. */
final class Latencies {
    private static final Duration STEP = Duration.ofMillis(10);

    private final VirtualCluster<Msg, Signal> cluster;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final Map<Long, Set<String>> missing = new TreeMap<>();
    private final Map<Long, Long> starts = new TreeMap<>();
    private final List<Long> nanos = new ArrayList<>();

    Latencies(VirtualCluster<Msg, Signal> cluster) {
        this.cluster = cluster;
    }

    void broadcast(String node, long element) {
        missing.put(element, new HashSet<>(cluster.nodeIds()));
        starts.put(element, cluster.nowNanos());
        cluster.ask(node, new Msg.Broadcast(element));
    }

    void advance(Duration time) {
        for (long end = cluster.nowNanos() + time.toNanos(); cluster.nowNanos() < end; ) {
            cluster.advance(Duration.ofNanos(Math.min(STEP.toNanos(), end - cluster.nowNanos())));
            cluster.nodeIds().forEach(this::look);
        }
    }

    private void look(String node) {
        var elements = ((Msg.ReadOk) cluster.ask(node, new Msg.Read())).messages();
        for (var element : elements.subList(seen.getOrDefault(node, 0), elements.size())) {
            var without = Objects.requireNonNull(missing.get(element));
            without.remove(node);
            if (without.isEmpty()) {
                nanos.add(cluster.nowNanos() - Objects.requireNonNull(starts.get(element)));
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
