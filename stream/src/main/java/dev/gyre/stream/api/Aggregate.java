package dev.gyre.stream.api;

import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the records of a window are summed up, one by one, in an accumulator a key and window. The same object serves all keys and may serve several workers: it keeps
 * nothing itself.
 *
 * <p>An accumulator is of a type that the job can write. It may be changed in place and returned, which saves an object a record.
 *
 * @param <T> the records
 * @param <A> the accumulators
 * @param <R> the results
 */
public interface Aggregate<T, A, R> {
    /** An accumulator for no records. */
    A create();

    /** An accumulator with one more record: the same one, or another. */
    A add(A accumulator, T value);

    /**
     * An accumulator with the records of two, which are not used again: when a record makes one session of two, and when workers have summed up records of a window before
     * they send them. How records are shared out between accumulators is not to matter for the result.
     */
    A merge(A earlier, A later);

    /** What comes of an accumulator, which may be added to afterwards: the result is not to change with it. */
    R result(A accumulator);

    /** An aggregate of functions. */
    static <T, A, R> Aggregate<T, A, R> of(
            Supplier<? extends A> create,
            BiFunction<? super A, ? super T, ? extends A> add,
            BinaryOperator<A> merge,
            Function<? super A, ? extends R> result) {
        return new Aggregate<>() {
            @Override
            public A create() {
                return create.get();
            }

            @Override
            public A add(A accumulator, T value) {
                return add.apply(accumulator, value);
            }

            @Override
            public A merge(A earlier, A later) {
                return merge.apply(earlier, later);
            }

            @Override
            public R result(A accumulator) {
                return result.apply(accumulator);
            }
        };
    }
}
