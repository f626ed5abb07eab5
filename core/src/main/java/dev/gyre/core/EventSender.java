package dev.gyre.core;

import java.util.function.Function;

/**
 * Sends local signals to a service: they are events of their own, after the present one and in the order they were sent.
 * For the node's thread only.
 *
 * @param <S> the signals that the service takes
 */
@FunctionalInterface
public interface EventSender<S> {
    /** Sends a signal. */
    void send(S signal);

    /** A sender of another type of signal, for a part that does not know the whole: each is changed on its way. */
    default <T> EventSender<T> map(Function<? super T, ? extends S> change) {
        return signal -> send(change.apply(signal));
    }
}
