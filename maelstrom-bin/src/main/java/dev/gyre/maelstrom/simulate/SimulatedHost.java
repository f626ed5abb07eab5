package dev.gyre.maelstrom.simulate;

import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.NodeEvent;
import dev.gyre.maelstrom.engine.NodeHost;
import dev.gyre.maelstrom.json.Json;
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
        var starting = nodes.computeIfAbsent(node, id -> node(id, program));
        timeline.after(0, () -> {
            try {
                starting.start();
            } catch (RuntimeException e) { // its constructor, which nobody else watches
                failed(node, e);
            }
        });
        return Optional.empty();
    }

    private <M, S> SimulatedNode<M, S> node(String id, Program<M, S> runs) {
        var identity = new SimulatedNode.Identity(id, nodeIds, runs.arguments());
        return new SimulatedNode.Builder<>(identity, runs.payloads(), runs.factory(), streams, this::failed)
                .on(timeline, letter -> sent(id, letter));
    }

    private void sent(String node, Letter letter) {
        events.accept(new NodeEvent.Sent(node, Optional.empty(), letter));
    }

    private void failed(String node, Throwable failure) {
        events.accept(new NodeEvent.Ended(node, "threw " + failure));
    }

    @Override
    public void kill(String node) {
        running(node).crash();
    }

    @Override
    public void pause(String node) {
        running(node).pause();
    }

    @Override
    public void resume(String node) {
        running(node).resume();
    }

    @Override
    public void deliver(String node, long number, Letter letter) {
        if (letter.type().equals("init")) {
            var reply = Json.body("init_ok");
            letter.msgId().ifPresent(id -> reply.put("in_reply_to", id));
            sent(node, Letter.ofBody(node, letter.src(), reply));
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
    public Optional<SimulatedNode<?, ?>> simulated(String node) {
        return Optional.of(running(node));
    }

    @Override
    public List<String> logTail(String node) {
        return List.of();
    }
}
