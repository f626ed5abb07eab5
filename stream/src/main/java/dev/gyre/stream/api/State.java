package dev.gyre.stream.api;

import java.util.Optional;

/**
 * What is known of the key at hand. For the worker's thread, and only while the function runs.
 *
 * @param <S> the state: not to be changed, but replaced
 */
public interface State<S> {
    /** The state, if there is one. */
    Optional<S> get();

    /** The state, or another value when there is none. */
    S orElse(S other);

    /** Replaces the state. */
    void set(S state);

    /** Forgets the key. */
    void clear();
}
