package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import java.util.Optional;

/**
 * What an object does when operations come one at a time: the specification that {@link Linearizability} holds a
 * concurrent history against. Pure and deterministic.
 *
 * @param <S> the object's state: immutable, with {@code equals} and {@code hashCode} by content
 * @param <I> what is asked for; equal inputs do the same
 * @param <O> what is answered
 */
public interface Model<S, I, O> {
    /** The state before the first operation. */
    S initial();

    /**
     * Does one operation.
     *
     * @param state the state it meets
     * @param input what is asked for
     * @param outcome {@link Outcome.Ok} with the answer that was seen, or {@link Outcome.Unknown}, where any answer will
     *     do; never {@link Outcome.Failed}, since such operations did not happen
     * @return the state after it, or nothing when the operation cannot have had this outcome in this state
     */
    Optional<S> step(S state, I input, Outcome<O> outcome);

    /**
     * Whether a request leaves every state as it is. When its outcome is unknown it is left out, and otherwise it is
     * placed as soon as it fits, which makes the search much shorter.
     */
    default boolean isReadOnly(I input) {
        return false;
    }

    /** A state in a few words, such as {@code free} or {@code [1, 2]}. */
    default String describe(S state) {
        return String.valueOf(state);
    }

    /** An operation in a few words, such as {@code read answered 3} or {@code write 4}. */
    default String describe(I input, Outcome<O> outcome) {
        return outcome instanceof Outcome.Ok<O>(O answer) ? input + " answered " + answer : String.valueOf(input);
    }

    /** About how much heap a state takes, in bytes, for the memory budget of the search. */
    default int sizeBytes(S state) {
        return 64;
    }
}
