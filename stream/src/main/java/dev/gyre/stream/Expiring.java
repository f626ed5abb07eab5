package dev.gyre.stream;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.TimedFunction;
import dev.gyre.stream.api.TimedState;

/**
 * A {@linkplain KeyedStream#ttlMap map with a state that does not live for ever}. Its timer says how long it lives. Whether it still does is decided by the times of records, not by when
 * an epoch came.
 *
 * @param life how long the state lives behind the latest record, in nanoseconds
 * @param <K> the keys
 * @param <T> the records
 * @param <S> the state of a key
 * @param <O> what comes of it
 */
record Expiring<K, T, S, O>(long life, Next.Function<K, T, S, O> function) implements TimedFunction<K, T, S, O> {
    @Override
    public void apply(K key, T value, TimedState<S> state, Output<O> out) {
        long over = state.timer().orElse(Long.MIN_VALUE);
        if (state.time() >= over) {
            state.clear();
        }
        var next = function.apply(key, value, state.get());
        if (next.state().isPresent()) {
            state.set(next.state().get());
            state.timerAt(Math.max(over, EventTime.plus(state.time(), life)));
        } else {
            state.clear();
        }
        out.emit(next.output());
    }

    @Override
    public void ring(K key, TimedState<S> state, Output<O> out) {
        state.clear();
    }
}
