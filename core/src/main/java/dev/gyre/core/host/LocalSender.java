package dev.gyre.core.host;

import dev.gyre.core.codec.PayloadTypes;
import java.util.OptionalLong;

/**
 * Sends to nodes of a {@link LocalHost} from threads that are no nodes, straight into their inboxes: how the rest of a program hands work to the node
 * that is embedded in it. Whatever the work has to tell, the payload carries, such as a callback; it is called on the node's thread. For any thread.
 *
 * @param <M> the payloads
 */
public final class LocalSender<M> {
    private final String id;
    private final PayloadTypes<M> types;
    private final LocalSwitch network;

    LocalSender(String id, PayloadTypes<M> types, LocalSwitch network) {
        this.id = id;
        this.types = types;
        this.network = network;
    }

    /**
     * Sends a message that asks for no reply.
     *
     * @return whether it is in the node's inbox: not when the node does not run, or its inbox is full. A node that ends may still lose it
     * @throws IllegalArgumentException when the payload is none of this sender's
     */
    public boolean send(String dest, M payload) {
        var type = types.of(payload).name();
        return network.hand(new LocalMessage(id, dest, type, OptionalLong.empty(), OptionalLong.empty(), payload));
    }
}
