package dev.gyre.maelstrom.net;

import java.util.Optional;

/** Where messages end: a node, a client, or a service. */
@FunctionalInterface
public interface Endpoint {
    /** Takes a message. */
    void receive(Message message);

    /**
     * Whether it can take a message now.
     *
     * @return nothing when it can; otherwise why not, in a word or two for people, such as {@code n3 is down}
     */
    default Optional<String> refusal() {
        return Optional.empty();
    }
}
