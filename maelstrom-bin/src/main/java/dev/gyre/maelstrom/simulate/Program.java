package dev.gyre.maelstrom.simulate;

import dev.gyre.core.ServiceFactory;

/**
 * What a simulated node runs.
 *
 * @param payloads the payloads of its service
 * @param factory makes the service
 */
public record Program<M, S>(Class<M> payloads, ServiceFactory<M, S> factory) {}
