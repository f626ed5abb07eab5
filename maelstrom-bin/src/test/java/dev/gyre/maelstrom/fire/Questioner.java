package dev.gyre.maelstrom.fire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.Nodes;
import dev.gyre.maelstrom.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds to the totals of many keys and asks for them, without a pause: each key lies in some group, so when all of them are answered, records flow in all of the job. Each total that is
 * told is compared with what it may be.
 */
final class Questioner {
    private static final long TIMEOUT_NANOS = 500_000_000L;
    private static final long PAUSE_NANOS = 10_000_000L;

    private final Timeline timeline;
    private final Nodes nodes;
    private final List<Key> keys = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private int turn;

    /** A key and what is known of its total; every add is of 1. */
    private static final class Key {
        final String name;
        long acknowledged;
        long attempted;
        /** When the latest question was asked that is answered. */
        long answeredNanos = -1;

        Key(String name) {
            this.name = name;
        }
    }

    Questioner(Timeline timeline, Nodes nodes, int keys) {
        this.timeline = timeline;
        this.nodes = nodes;
        for (int i = 0; i < keys; i++) {
            this.keys.add(new Key("key-" + i));
        }
    }

    void start() {
        keys.forEach(this::add);
    }

    private Optional<String> anyNode() {
        var live = nodes.live();
        turn++;
        return live.isEmpty() ? Optional.empty() : Optional.of(live.get(turn % live.size()));
    }

    private void add(Key key) {
        var node = anyNode();
        if (node.isEmpty()) {
            timeline.after(PAUSE_NANOS, () -> add(key));
            return;
        }
        key.attempted++;
        var request = Json.body("add").put("key", key.name).put("value", 1);
        nodes.ask(node.get(), request, TIMEOUT_NANOS, reply -> {
            if (isOf(reply, "add_ok")) {
                key.acknowledged++;
            }
            timeline.after(PAUSE_NANOS, () -> ask(key));
        });
    }

    private void ask(Key key) {
        var node = anyNode();
        if (node.isEmpty()) {
            timeline.after(PAUSE_NANOS, () -> ask(key));
            return;
        }
        long askedNanos = timeline.nowNanos();
        long least = key.acknowledged;
        nodes.ask(node.get(), Json.body("total").put("key", key.name), TIMEOUT_NANOS, reply -> {
            if (isOf(reply, "total_ok")) {
                key.answeredNanos = askedNanos;
                long total = reply.orElseThrow().path("value").asLong();
                if (total < least || total > key.attempted) {
                    violations.add(key.name + " is told to be " + total + " with " + least
                            + " adds acknowledged before and " + key.attempted + " attempted");
                }
            }
            timeline.after(PAUSE_NANOS, () -> add(key));
        });
    }

    private static boolean isOf(Optional<ObjectNode> reply, String type) {
        return reply.filter(body -> body.path("type").asText().equals(type)).isPresent();
    }

    /** Whether each key has an answer to what was asked after a moment. */
    boolean isAnsweredSince(long nanos) {
        return keys.stream().allMatch(key -> key.answeredNanos >= nanos);
    }

    /** Totals that cannot be. */
    List<String> violations() {
        return violations;
    }

    /** How many adds were acknowledged. */
    long acknowledged() {
        return keys.stream().mapToLong(key -> key.acknowledged).sum();
    }
}
