package dev.gyre.core;

/**
 * What can happen to a {@link Service}.
 *
 * @param <M> the payloads of the service
 * @param <S> its local signals
 */
public sealed interface Event<M, S> {
    /** A message for this service has come. Replies to {@linkplain Network#rpc calls} are not among these. */
    record Received<M, S>(Message<M> message) implements Event<M, S> {}

    /** A timer has fired, or the service itself or one embedded in it has something to say. */
    record Signal<M, S>(S signal) implements Event<M, S> {}

    /** No more messages will come: the last event of a node that is shut down in good order. */
    record EndOfInput<M, S>() implements Event<M, S> {}
}
