package dev.gyre.examples.gset;

import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** A replica of a set that only grows. */
public final class GSetNode implements Service<GSetNode.Msg, GSetNode.Signal> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Adds an element. */
        record Add(long element) implements Msg {}

        /** The element is in this replica, and will be in all. */
        record AddOk() implements Msg {}

        /** Asks for all elements. */
        record Read() implements Msg {}

        /** The elements that this replica has. */
        record ReadOk(SortedSet<Long> value) implements Msg {}

        /** From replica to replica: all that the sender has. */
        record Offer(SortedSet<Long> elements) implements Msg {}

        /** The answer to an offer: what was not in it. */
        record Missing(SortedSet<Long> elements) implements Msg {}
    }

    /** What this node tells itself. */
    public enum Signal {
        /** It is time to offer. */
        OFFER
    }

    /** A rumour doubles its holders each time: 25 replicas agree within about three seconds. */
    private static final Duration OFFER_PERIOD = Duration.ofMillis(500);

    private final TreeSet<Long> elements = new TreeSet<>();
    private final RandomGenerator random;

    /** A replica that is empty, until others offer it what they have. */
    public GSetNode(NodeContext<Msg, Signal> node) {
        random = node.random();
        node.timers().every(OFFER_PERIOD, Signal.OFFER);
    }

    @Override
    public void step(Event<Msg, Signal> event, Network<Msg> network) {
        switch (event) {
            case Event.Received(var message) -> receive(message, network);
            case Event.Signal(var signal) -> offer(network);
            case Event.EndOfInput() -> {}
        }
    }

    private void receive(Message<Msg> message, Network<Msg> network) {
        switch (message.payload()) {
            case Msg.Add(long element) -> {
                elements.add(element);
                network.reply(message, new Msg.AddOk());
            }
            case Msg.Read() -> network.reply(message, new Msg.ReadOk(new TreeSet<>(elements)));
            case Msg.Offer(var theirs) -> {
                var missing = new TreeSet<>(elements);
                missing.removeAll(theirs);
                elements.addAll(theirs);
                if (!missing.isEmpty()) {
                    network.send(message.src(), new Msg.Missing(missing));
                }
            }
            case Msg.Missing(var ours) -> elements.addAll(ours);
            case Msg.AddOk ok -> {}
            case Msg.ReadOk ok -> {}
        }
    }

    private void offer(Network<Msg> network) {
        var others = network.neighbours();
        if (!others.isEmpty()) {
            // A copy: what is sent must not change, since some hosts hand it over as it is.
            network.send(others.get(random.nextInt(others.size())), new Msg.Offer(new TreeSet<>(elements)));
        }
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, GSetNode::new, Flags.none(args));
    }
}
