package dev.gyre.core.simulation;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/** A set that nodes tell each other of. Right while no node crashes: it keeps nothing on disk. */
final class GossipSet implements Service<GossipSet.Msg, GossipSet.Tick> {
    sealed interface Msg {
        record Add(long element) implements Msg {}

        record AddOk() implements Msg {}

        record Read() implements Msg {}

        record ReadOk(List<Long> elements) implements Msg {}

        record Gossip(List<Long> elements) implements Msg {}
    }

    record Tick() {}

    private final TreeSet<Long> elements = new TreeSet<>();
    private final boolean isForgetful;

    private GossipSet(NodeContext<Msg, Tick> node, boolean isForgetful) {
        this.isForgetful = isForgetful;
        node.timers().every(Duration.ofMillis(500), new Tick());
    }

    static GossipSet right(NodeContext<Msg, Tick> node) {
        return new GossipSet(node, false);
    }

    /** Tells the others of an element once, and never again. */
    static GossipSet wrong(NodeContext<Msg, Tick> node) {
        return new GossipSet(node, true);
    }

    @Override
    public void step(Event<Msg, Tick> event, Network<Msg> network) {
        switch (event) {
            case Event.Received<Msg, Tick>(var message) -> {
                switch (message.payload()) {
                    case Msg.Add(long element) -> {
                        elements.add(element);
                        if (isForgetful) {
                            network.broadcast(new Msg.Gossip(List.of(element)));
                        }
                        network.reply(message, new Msg.AddOk());
                    }
                    case Msg.Read() -> network.reply(message, new Msg.ReadOk(List.copyOf(elements)));
                    case Msg.Gossip(List<Long> others) -> elements.addAll(others);
                    case Msg.AddOk ok -> throw new IllegalStateException("nobody asked: " + ok);
                    case Msg.ReadOk ok -> throw new IllegalStateException("nobody asked: " + ok);
                }
            }
            case Event.Signal<Msg, Tick>(Tick tick) -> {
                if (!isForgetful) {
                    network.broadcast(new Msg.Gossip(List.copyOf(elements)));
                }
            }
            case Event.EndOfInput<Msg, Tick>() -> {}
        }
    }
}
