package dev.gyre.stream.api;

/**
 * What is done with each record of a keyed stream, with what is known of its key. The same object serves all keys and may serve several workers: it keeps
 * nothing itself.
 *
 * @param <K> the keys
 * @param <T> the records
 * @param <S> the state of a key
 * @param <O> what comes of it
 */
@FunctionalInterface
public interface KeyedFunction<K, T, S, O> {
    /** Takes a record. */
    void apply(K key, T value, State<S> state, Output<O> out);
}
