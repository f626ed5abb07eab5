package dev.gyre.examples.uniqueids;

import dev.gyre.core.Event;
import dev.gyre.core.IdCounter;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;

/** Gives out ids such as {@code n1-9c5ab3f2e01d7a44-17}, never one twice in the whole cluster. */
public final class UniqueIdsNode implements Service<UniqueIdsNode.Msg, Void> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Asks for an id. */
        record Generate() implements Msg {}

        /** An id that nobody else has. */
        record GenerateOk(String id) implements Msg {}
    }

    private final String prefix;
    private final IdCounter counter = new IdCounter();

    /** A node at the start of one life: two lives draw the same of 2⁶⁴ numbers so rarely that no run will see it. */
    public UniqueIdsNode(NodeContext<Msg, Void> node) {
        prefix = node.nodeId() + "-" + Long.toHexString(node.random().nextLong()) + "-";
    }

    @Override
    public void step(Event<Msg, Void> event, Network<Msg> network) {
        if (event instanceof Event.Received(var message) && message.payload() instanceof Msg.Generate) {
            network.reply(message, new Msg.GenerateOk(prefix + counter.next()));
        }
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, UniqueIdsNode::new, Flags.none(args));
    }
}
