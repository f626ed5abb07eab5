package dev.gyre.maelstrom.simulate;

import dev.gyre.core.ServiceFactory;
import java.util.List;

/**
 * What a simulated node runs.
 *
 * @param payloads the payloads of its service
 * @param factory makes the service; may be called by many threads at once
 * @param arguments what the node's context hands to the service
 */
public record Program<M, S>(Class<M> payloads, ServiceFactory<M, S> factory, List<String> arguments) {
    /** Keeps a copy. */
    public Program {
        arguments = List.copyOf(arguments);
    }

    /** A program without arguments. */
    public Program(Class<M> payloads, ServiceFactory<M, S> factory) {
        this(payloads, factory, List.of());
    }
}
