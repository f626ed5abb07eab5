package dev.gyre.examples.echo;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;

/** Answers every request with the text that it was sent. */
public final class EchoNode implements Service<EchoNode.Msg, Void> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Asks for a text back. */
        record Echo(String echo) implements Msg {}

        /** The text. */
        record EchoOk(String echo) implements Msg {}
    }

    @Override
    public void step(Event<Msg, Void> event, Network<Msg> network) {
        if (event instanceof Event.Received(var message) && message.payload() instanceof Msg.Echo(var text)) {
            network.reply(message, new Msg.EchoOk(text));
        }
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, EchoNode::new, Flags.none(args));
    }
}
