package dev.gyre.stream.operator;

import dev.gyre.stream.api.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** The aggregates that many need. */
public final class Aggregates {
    private Aggregates() {}

    /**
     * A sum of a number of each record, which is made an accumulator in the end: for who has a table of numbers.
     *
     * @param <T> the records
     */
    interface InNumbers<T> {
        /** What a record adds to the sum. */
        long number(T value);

        /** What {@link Aggregate#add} would have made of the records of a sum. */
        Object accumulator(long sum);
    }

    /** Counts: in place, so that a record costs no object. */
    public static final class Count<T> implements Aggregate<T, long[], Long>, InNumbers<T> {
        @Override
        public long number(T value) {
            return 1;
        }

        @Override
        public Object accumulator(long count) {
            return new long[] {count};
        }

        @Override
        public long[] create() {
            return new long[1];
        }

        @Override
        public long[] add(long[] accumulator, T value) {
            accumulator[0]++;
            return accumulator;
        }

        @Override
        public long[] merge(long[] earlier, long[] later) {
            earlier[0] += later[0];
            return earlier;
        }

        @Override
        public Long result(long[] accumulator) {
            return accumulator[0];
        }
    }

    /** Makes one record of two. An accumulator is a record, or {@link #NONE} for a moment. */
    public static final class Reduce<T> implements Aggregate<T, Object, T> {
        private static final Object NONE = new Object();

        private final BinaryOperator<T> function;

        /** Makes one of two by a function. */
        public Reduce(BinaryOperator<T> function) {
            this.function = function;
        }

        @Override
        public Object create() {
            return NONE;
        }

        @Override
        @SuppressWarnings({"unchecked", "ReferenceEquality"}) // it is one record, or this very object
        public Object add(Object accumulator, T value) {
            return accumulator == NONE ? value : function.apply((T) accumulator, value);
        }

        @Override
        @SuppressWarnings("unchecked") // neither is for no record
        public Object merge(Object earlier, Object later) {
            return function.apply((T) earlier, (T) later);
        }

        @Override
        @SuppressWarnings("unchecked") // it is not for no record
        public T result(Object accumulator) {
            return (T) accumulator;
        }
    }

    /** Keeps all records. */
    public static final class Collect<T> implements Aggregate<T, List<T>, List<T>> {
        @Override
        public List<T> create() {
            return new ArrayList<>();
        }

        @Override
        public List<T> add(List<T> accumulator, T value) {
            accumulator.add(value);
            return accumulator;
        }

        @Override
        public List<T> merge(List<T> earlier, List<T> later) {
            earlier.addAll(later);
            return earlier;
        }

        @Override
        public List<T> result(List<T> accumulator) {
            return List.copyOf(accumulator);
        }
    }
}
