package dev.gyre.core;

/**
 * A node, or a part of one: a deterministic function from events to effects. The same class runs on every host.
 *
 * <p>A service does no I/O, starts no thread and reads no clock: time, randomness and timers come from the
 * {@link NodeContext} that its factory is given, and what it sends goes through the {@link Network}. A host calls it on
 * one thread, one event at a time.
 *
 * @param <M> the payloads that it sends and receives: a sealed interface of records
 * @param <S> its local signals: what its timers, its {@link EventSender} and the services embedded in it tell it;
 *     {@code Void} when there are none
 */
@FunctionalInterface
public interface Service<M, S> {
    /**
     * Takes one event. It must not block.
     *
     * <p>What it throws never ends the node: an {@link RpcError} is sent to the request at hand as its reply; any other
     * exception is logged and answered with {@link ErrorCode#CRASH}. The exception to that is
     * {@link InvariantViolation}, which stops the node.
     *
     * @param event what happened
     * @param network where to send to; the same object at each call
     */
    void step(Event<M, S> event, Network<M> network);
}
