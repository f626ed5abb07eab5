package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.NodeEvent.Line;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Nodes in this JVM, under a run's own virtual time. Each takes a millisecond to think. */
final class FakeCluster implements NodeHost {
    static final long THINKING_NANOS = 1_000_000;

    private final Timeline timeline;
    private final BiConsumer<Node, Letter> behaviour;
    private final Map<String, Node> nodes = new TreeMap<>();
    private @Nullable Run<?, ?> run;

    /** A cluster of nodes that all behave the same way. */
    FakeCluster(Timeline timeline, BiConsumer<Node, Letter> behaviour) {
        this.timeline = timeline;
        this.behaviour = behaviour;
    }

    /** Runs to the end: time jumps to what is due next. */
    static void drive(Run<?, ?> run, FakeCluster cluster) {
        cluster.run = run;
        run.start();
        while (!run.isDone()) {
            cluster.timeline.advanceTo(cluster.timeline.nextNanos().orElseThrow());
        }
    }

    /** A node: its name, what it may remember, and how it speaks. */
    final class Node {
        final String id;
        final Map<String, Object> memory = new TreeMap<>();
        private long lines;

        Node(String id) {
            this.id = id;
        }

        void reply(Letter request, ObjectNode body) {
            body.set("in_reply_to", request.toBody().get("msg_id"));
            send(request.src(), body);
        }

        void ok(Letter request) {
            reply(request, Json.body(request.toBody().path("type").asText() + "_ok"));
        }

        void send(String dest, ObjectNode body) {
            var message = Json.object().put("src", id).put("dest", dest);
            message.set("body", body);
            write(Json.write(message));
        }

        void write(String line) {
            happen(LineDecoder.decode(id, new Line(++lines, line)));
        }

        void happen(NodeEvent event) {
            timeline.after(THINKING_NANOS, () -> Objects.requireNonNull(run).accept(event));
        }
    }

    @Override
    public Optional<String> start(String node) {
        nodes.put(node, new Node(node));
        return Optional.empty();
    }

    @Override
    public void kill(String node) {
        throw new UnsupportedOperationException(node);
    }

    @Override
    public void pause(String node) {
        throw new UnsupportedOperationException(node);
    }

    @Override
    public void resume(String node) {
        throw new UnsupportedOperationException(node);
    }

    @Override
    public Optional<SimulatedNode<?, ?>> simulated(String node) {
        return Optional.empty();
    }

    @Override
    public void deliver(String node, long number, Letter message) {
        behaviour.accept(Objects.requireNonNull(nodes.get(node)), message);
    }

    @Override
    public Optional<String> refusal(String node) {
        return Optional.empty();
    }

    @Override
    public List<String> logTail(String node) {
        return List.of("last words of " + node);
    }
}
