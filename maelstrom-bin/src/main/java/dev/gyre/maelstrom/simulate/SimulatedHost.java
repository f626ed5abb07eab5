package dev.gyre.maelstrom.simulate;

import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.NodeEvent;
import dev.gyre.maelstrom.engine.NodeHost;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.net.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs nodes in this process, on the timeline of the run. A node is up as soon as it is started; it answers {@code init} for
 * form's sake, so that the run goes through the same phases as with processes. For one thread.
 */
final class SimulatedHost implements NodeHost {
    private final Program<?, ?> program;
    private final List<String> nodeIds;
    private final Timeline timeline;
    private final RandomStreams streams;
    private final Map<String, SimulatedNode<?, ?>> nodes = new TreeMap<>();
    private Consumer<NodeEvent> events = event -> {};
    private long lines;

    SimulatedHost(Program<?, ?> program, List<String> nodeIds, Timeline timeline, RandomStreams streams) {
        this.program = program;
        this.nodeIds = nodeIds;
        this.timeline = timeline;
        this.streams = streams;
    }

    /** Says who is told what nodes do. */
    void connect(Consumer<NodeEvent> newEvents) {
        events = newEvents;
    }

    @Override
    public Optional<String> start(String node) {
        nodes.put(node, node(node, program));
        return Optional.empty();
    }

    private <M, S> SimulatedNode<M, S> node(String id, Program<M, S> runs) {
        var identity = new SimulatedNode.Identity(id, nodeIds, List.of());
        var node = new SimulatedNode.Builder<>(identity, runs.payloads(), runs.factory(), streams, this::failed)
                .on(timeline, letter -> sent(id, letter.dest(), letter));
        timeline.after(0, node::start);
        return node;
    }

    private void sent(String node, String dest, Letter letter) {
        var body = letter.toBody();
        events.accept(new NodeEvent.Sent(node, new NodeEvent.Line(++lines, letter.toString()), node, dest, body));
    }

    private void failed(String node, Throwable failure) {
        events.accept(new NodeEvent.Ended(node, "threw " + failure));
    }

    @Override
    public void deliver(String node, Message message) {
        var letter = Letter.ofBody(message.src(), node, message.body());
        if (letter.type().equals("init")) {
            var reply = Json.body("init_ok");
            letter.msgId().ifPresent(id -> reply.put("in_reply_to", id));
            sent(node, message.src(), Letter.ofBody(node, message.src(), reply));
        } else {
            running(node).receive(letter);
        }
    }

    private SimulatedNode<?, ?> running(String node) {
        var running = nodes.get(node);
        if (running == null) {
            throw new IllegalArgumentException(node + " was never started");
        }
        return running;
    }

    @Override
    public Optional<String> refusal(String node) {
        return running(node).refusal();
    }

    @Override
    public List<String> logTail(String node) {
        return List.of();
    }
}
