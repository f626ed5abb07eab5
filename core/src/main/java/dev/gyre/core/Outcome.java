package dev.gyre.core;

import java.util.function.Function;

/**
 * What became of a request. That it is unknown is an outcome of its own, never a kind of failure: a request that timed
 * out may have happened, or may happen yet.
 *
 * @param <T> the answer of a request that was served
 */
public sealed interface Outcome<T> {
    /** The request was served, and this is the answer. */
    record Ok<T>(T value) implements Outcome<T> {}

    /** The request surely did not happen: the error's code is {@linkplain ErrorCode#definite() definite}. */
    record Failed<T>(RpcError error) implements Outcome<T> {}

    /** Nobody can say whether the request happened: no reply in time, or an error whose code leaves it open. */
    record Unknown<T>(RpcError error) implements Outcome<T> {}

    /** The outcome that an error reply stands for, by whether its code is definite. */
    static <T> Outcome<T> of(RpcError error) {
        return error.code().definite() ? new Failed<>(error) : new Unknown<>(error);
    }

    /**
     * The answer.
     *
     * @throws RpcError when there is none: thrown on from {@link Service#step}, it answers the request at hand with the
     *     same code
     */
    default T orThrow() {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Failed<T>(RpcError error) -> throw error;
            case Unknown<T>(RpcError error) -> throw error;
        };
    }

    /** This outcome with its answer, if there is one, changed by a function. */
    default <U> Outcome<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(change.apply(value));
            case Failed<T>(RpcError error) -> new Failed<>(error);
            case Unknown<T>(RpcError error) -> new Unknown<>(error);
        };
    }
}
