package dev.gyre.stream;

import java.util.Optional;

/**
 * What a {@linkplain KeyedStream#statefulMap function} makes of a record and the state of its key.
 *
 * @param output what goes on
 * @param state what is known of the key from then on; absent: it is forgotten
 * @param <O> the output
 * @param <S> the state
 */
public record Next<O, S>(O output, Optional<S> state) {
    /** An output, and a state to keep. */
    public static <O, S> Next<O, S> keep(O output, S state) {
        return new Next<>(output, Optional.of(state));
    }

    /** An output; the key is forgotten. */
    public static <O, S> Next<O, S> forget(O output) {
        return new Next<>(output, Optional.empty());
    }

    /**
     * Makes the next state of a key.
     *
     * @param <K> the keys
     * @param <T> the records
     * @param <S> the state of a key
     * @param <O> what comes of it
     */
    @FunctionalInterface
    public interface Function<K, T, S, O> {
        /**
         * Takes a record.
         *
         * @param state of the key; absent when nothing is known of it
         */
        Next<O, S> apply(K key, T value, Optional<S> state);
    }
}
