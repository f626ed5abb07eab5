package dev.gyre.examples.broadcast;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.Timer;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes on what it learns. All elements are in a {@link Log}, and a {@link Link} to each neighbour knows how far that one has
 * been served. What is new goes out at once, or, when the last batch is too recent, together with all that comes until it is
 * not: so a quiet node is fast and a busy one frugal.
 *
 * <p>An element is on the node's {@link Disk} before anybody learns of it: the client who gave it, a reader, a neighbour. So a
 * node that is killed comes back with all that it ever promised, and offers it to its neighbours once more.
 */
public final class BroadcastNode implements Service<BroadcastNode.Msg, BroadcastNode.Signal> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Suggests the neighbours of each node. */
        record Topology(Map<String, List<String>> topology) implements Msg {}

        /** The node knows of the suggestion. */
        record TopologyOk() implements Msg {}

        /** Gives the node an element for all. */
        record Broadcast(long message) implements Msg {}

        /** The node has the element, and all will. */
        record BroadcastOk() implements Msg {}

        /** Asks for all elements. */
        record Read() implements Msg {}

        /** The elements that this node has. */
        record ReadOk(List<Long> messages) implements Msg {}

        /** From neighbour to neighbour: elements that may be new. */
        record Share(List<Long> elements) implements Msg {}

        /** The neighbour has them now. */
        record ShareOk() implements Msg {}
    }

    /** What this node tells itself. */
    public sealed interface Signal {
        /** The last batch is no longer recent. */
        record Flush() implements Signal {}

        /** A neighbour that did not answer may be asked again. */
        record Retry(Link link) implements Signal {}
    }

    private final NodeContext<Msg, Signal> node;
    private final Network<Msg> network;
    private final Options options;
    private final Disk disk;
    private final Log log = new Log();
    private final Map<String, Link> links = new LinkedHashMap<>();
    /** Runs while the last batch is recent. */
    private final Timer pause;

    /** A node that knows what its disk has kept. */
    public BroadcastNode(NodeContext<Msg, Signal> node, Options options) {
        this.node = node;
        this.network = node.network();
        this.options = options;
        this.disk = new Disk(node.storage());
        disk.recovered().forEach(element -> log.add(element, node.nodeId()));
        this.pause = node.timers().after(options.batch(), new Signal.Flush());
        options.topology().ifPresent(topology -> link(topology.neighbours(node.nodeId(), node.nodeIds())));
    }

    @Override
    public void step(Event<Msg, Signal> event, Network<Msg> net) {
        switch (event) {
            case Event.Received(var message) -> receive(message);
            case Event.Signal(Signal.Flush()) -> flush();
            case Event.Signal(Signal.Retry(var link)) -> link.probe();
            case Event.EndOfInput() -> {}
        }
    }

    private void receive(Message<Msg> message) {
        switch (message.payload()) {
            case Msg.Topology(var topology) -> {
                if (options.topology().isEmpty()) {
                    link(neighboursIn(topology));
                }
                network.reply(message, new Msg.TopologyOk());
            }
            case Msg.Broadcast(long element) -> learn(List.of(element), message, new Msg.BroadcastOk());
            case Msg.Read() -> network.reply(message, new Msg.ReadOk(log.elements()));
            case Msg.Share(var elements) -> learn(elements, message, new Msg.ShareOk());
            case Msg.TopologyOk ok -> {}
            case Msg.BroadcastOk ok -> {}
            case Msg.ReadOk ok -> {}
            case Msg.ShareOk ok -> {}
        }
    }

    private List<String> neighboursIn(Map<String, List<String>> topology) {
        var neighbours = topology.getOrDefault(node.nodeId(), List.of());
        if (!node.nodeIds().containsAll(neighbours)) {
            throw new RpcError(ErrorCode.MALFORMED_REQUEST, neighbours + " are not all among " + node.nodeIds());
        }
        return neighbours;
    }

    private void link(Collection<String> neighbours) {
        network.useNeighbours(neighbours);
        links.keySet().retainAll(network.neighbours());
        for (var neighbour : network.neighbours()) {
            links.computeIfAbsent(neighbour, id -> new Link(id, log, node, this::offer));
        }
        offer();
    }

    private void learn(List<Long> elements, Message<Msg> message, Msg reply) {
        var news = elements.stream().filter(element -> !log.has(element)).toList();
        if (news.isEmpty()) {
            network.reply(message, reply);
            return;
        }
        disk.keep(news, () -> {
            news.forEach(element -> log.add(element, message.src()));
            network.reply(message, reply);
            offer();
        });
    }

    private void offer() {
        if (!pause.isActive()) {
            flush();
        }
    }

    private void flush() {
        boolean hasSent = false;
        for (var link : links.values()) {
            hasSent |= link.send();
        }
        if (hasSent) {
            pause.reset();
        }
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        var options = Flags.orExit(args, Options::read);
        Node.run(Msg.class, (NodeContext<Msg, Signal> node) -> new BroadcastNode(node, options), args);
    }
}
