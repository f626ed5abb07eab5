package dev.gyre.core;

/**
 * Makes the service of a node, once the node knows its id and its peers. Most often a constructor.
 *
 * @param <M> the payloads of the service
 * @param <S> its local signals
 */
@FunctionalInterface
public interface ServiceFactory<M, S> {
    /** The service for a node. What it sends from here leaves after the node has said that it is ready. */
    Service<M, S> create(NodeContext<M, S> node);
}
