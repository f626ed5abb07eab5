package dev.gyre.examples.linkv;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.examples.Flags;
import java.time.Duration;

/** Passes each request on to {@code lin-kv} and the reply back. As nothing is kept here, any node will do, and it may crash. */
public final class LinKvProxyNode implements Service<KvMessage, Void> {
    /** As long as clients of this workload wait at least. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Override
    public void step(Event<KvMessage, Void> event, Network<KvMessage> network) {
        if (event instanceof Event.Received(var message) && message.payload() instanceof KvMessage.Request request) {
            // Thrown on, an error reaches the client with its code: what is certain stays so, and when no reply came in
            // time, the client learns that nobody knows. To ask again could write twice, with another write in between.
            network.rpc("lin-kv", request, PATIENCE).whenDone(outcome -> network.reply(message, outcome.orThrow()));
        }
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(KvMessage.class, LinKvProxyNode::new, Flags.none(args));
    }
}
