package dev.gyre.maelstrom.demo;

import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.demo.WordCountNodes.Status;
import dev.gyre.maelstrom.engine.Nodes;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks all nodes that are up how their job stands, again and again, and keeps what they said last. */
final class JobWatch {
    /** How often each node is asked: times in the story are as exact as this. */
    static final long EVERY_NANOS = 100_000_000L;

    /** A node that is busy or stands still is asked again after this. */
    private static final long TIMEOUT_NANOS = 1_000_000_000L;

    private final Timeline timeline;
    private final Nodes nodes;
    private final SortedMap<String, Said> said = new TreeMap<>();
    private final TreeSet<String> asked = new TreeSet<>();
    private final SortedMap<String, Rise> rises = new TreeMap<>();
    private long lines;

    /** What a node said, and when. */
    private record Said(Status status, long atNanos) {}

    /** A node has read more between two answers: when the earlier came, and of which generation it was. */
    private record Rise(long sinceNanos, long generation) {}

    JobWatch(Timeline timeline, Nodes nodes) {
        this.timeline = timeline;
        this.nodes = nodes;
    }

    /** Begins to ask. */
    void start() {
        for (var node : nodes.live()) {
            if (asked.add(node)) {
                nodes.ask(node, WordCountNodes.askStatus(), TIMEOUT_NANOS, reply -> {
                    asked.remove(node);
                    reply.flatMap(WordCountNodes::status).ifPresent(status -> heard(node, status));
                });
            }
        }
        timeline.after(EVERY_NANOS, this::start);
    }

    private void heard(String node, Status status) {
        if (!nodes.live().contains(node)) {
            return; // it was killed after it said so
        }
        var before = said.put(node, new Said(status, timeline.nowNanos()));
        boolean isSameProcess = before != null && before.status.records() <= status.records();
        lines += status.records() - (isSameProcess ? before.status.records() : 0);
        if (isSameProcess && before.status.records() < status.records()) {
            // What was read between the answers may have been read just behind the first.
            rises.put(node, new Rise(before.atNanos, before.status.generation()));
        }
    }

    /** Forgets what a node has said, as it is killed. */
    void forget(String node) {
        said.remove(node);
        rises.remove(node);
    }

    /** How the job stands, by the node that knows of the latest generation; nothing before any has answered. */
    Optional<Status> status() {
        return said.values().stream()
                .max(Comparator.comparing((Said it) -> it.status.isComplete())
                        .thenComparingLong(it -> it.status.generation())
                        .thenComparingLong(it -> it.status.snapshot())
                        .thenComparingLong(Said::atNanos))
                .map(Said::status);
    }

    /** Whether some node has read on since a moment, in a generation or a later one. */
    boolean flowsSince(long nanos, long generation) {
        return rises.values().stream().anyMatch(rise -> rise.sinceNanos >= nanos && rise.generation >= generation);
    }

    /** How many lines nodes have read, with those that were read again. */
    long lines() {
        return lines;
    }
}
