package dev.gyre.examples.counter;

import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A replica of a counter that goes up and down. Each replica keeps two sums for every other: what was added there and what
 * was taken away. Both only grow, so of two reports about a replica the larger numbers are the newer ones: merging is taking
 * the maximum, in any order and any number of times.
 */
public final class PnCounterNode implements Service<PnCounterNode.Msg, PnCounterNode.Signal> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Adds to the counter; a delta below zero takes away. */
        record Add(long delta) implements Msg {}

        /** This replica has counted it, and all will. */
        record AddOk() implements Msg {}

        /** Asks for the counter's value. */
        record Read() implements Msg {}

        /** The value as far as this replica knows. */
        record ReadOk(long value) implements Msg {}

        /** From replica to replica: all sums that the sender knows. */
        record Merge(Map<String, Sums> sums) implements Msg {}
    }

    /** What this node tells itself. */
    public enum Signal {
        /** It is time to tell another replica. */
        GOSSIP
    }

    /** What was added and taken away at one replica, both at least 0. */
    public record Sums(long up, long down) {
        Sums plus(Sums other) {
            return new Sums(up + other.up, down + other.down);
        }

        Sums max(Sums other) {
            return new Sums(Math.max(up, other.up), Math.max(down, other.down));
        }
    }

    private static final Duration GOSSIP_PERIOD = Duration.ofMillis(250);

    /** By the replicas' names. */
    private final SortedMap<String, Sums> sums = new TreeMap<>();

    private final RandomGenerator random;
    private final String self;

    /** A replica under a name of its own: if it used that of an earlier life it would count from 0 again, below what others know. */
    public PnCounterNode(NodeContext<Msg, Signal> node) {
        random = node.random();
        self = node.nodeId() + "-" + Long.toHexString(random.nextLong());
        node.timers().every(GOSSIP_PERIOD, Signal.GOSSIP);
    }

    @Override
    public void step(Event<Msg, Signal> event, Network<Msg> network) {
        switch (event) {
            case Event.Received(var message) -> receive(message, network);
            case Event.Signal(var signal) -> gossip(network);
            case Event.EndOfInput() -> {}
        }
    }

    private void receive(Message<Msg> message, Network<Msg> network) {
        switch (message.payload()) {
            case Msg.Add(long delta) -> {
                sums.merge(self, new Sums(Math.max(delta, 0), Math.max(-delta, 0)), Sums::plus);
                network.reply(message, new Msg.AddOk());
            }
            case Msg.Read() -> network.reply(message, new Msg.ReadOk(value()));
            case Msg.Merge(var theirs) -> theirs.forEach((name, known) -> sums.merge(name, known, Sums::max));
            case Msg.AddOk ok -> {}
            case Msg.ReadOk ok -> {}
        }
    }

    private long value() {
        return sums.values().stream().mapToLong(one -> one.up() - one.down()).sum();
    }

    private void gossip(Network<Msg> network) {
        var others = network.neighbours();
        if (!others.isEmpty() && !sums.isEmpty()) {
            // A copy: what is sent must not change, since some hosts hand it over as it is.
            network.send(others.get(random.nextInt(others.size())), new Msg.Merge(new TreeMap<>(sums)));
        }
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, PnCounterNode::new, Flags.none(args));
    }
}
