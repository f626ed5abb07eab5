package dev.gyre.stream.io;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Sources of what is in memory. Their positions are indices: of the next record among all. */
public final class Sources {
    private Sources() {}

    /** Some values, in one partition. */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are copied
    public static <T> Source<T> of(T... values) {
        return of(List.of(values));
    }

    /** The values of a list that is not changed, in one partition. */
    public static <T> Source<T> of(List<T> values) {
        return of(values, 1);
    }

    /**
     * The values of a list that is not changed, in even shares: neighbours lie in one partition.
     *
     * @param partitions at least 1
     */
    public static <T> Source<T> of(List<T> values, int partitions) {
        return new Indexed<>(0, values.size(), partitions, index -> values.get((int) index));
    }

    /**
     * What an iterable gives, in one partition. It may be endless, and gives the same each time that it is iterated: to read on, what was read is passed
     * over.
     */
    public static <T> Source<T> of(Iterable<T> values) {
        return new Iterated<>(values);
    }

    /**
     * Numbers, ascending.
     *
     * @param from the first
     * @param to behind the last
     */
    public static Source<Long> range(long from, long to) {
        return range(from, to, 1);
    }

    /**
     * Numbers in even shares, ascending in each.
     *
     * @param from the first
     * @param to behind the last
     * @param partitions at least 1
     */
    public static Source<Long> range(long from, long to, int partitions) {
        return new Indexed<>(from, to, partitions, index -> index);
    }

    private static long checked(Optional<Object> position, long from, long to, String name) {
        if (position.isEmpty()) {
            return from;
        }
        if (position.get() instanceof Long index && index >= from && index <= to) {
            return index;
        }
        throw new IllegalArgumentException("partition " + name + " was read up to " + position.get()
                + ", and is now from " + from + " to " + to + ": go on with the source that there was, or begin anew");
    }

    /** Something for each index. */
    private record Indexed<T>(long from, long to, int count, LongFunction<T> values) implements Source<T> {
        Indexed {
            if (count < 1) {
                throw new IllegalArgumentException("a source has at least 1 partition, not " + count);
            }
            if (to < from || to - from < 0) {
                throw new IllegalArgumentException("there is nothing from " + from + " to " + to);
            }
        }

        @Override
        public List<String> partitions() {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }

        /** Where a share begins: the first ones have one more if it does not come out even. */
        private long begin(int partition) {
            long size = to - from;
            return from + size / count * partition + Math.min(partition, size % count);
        }

        @Override
        public Partition<T> open(String name, Optional<Object> position) {
            int partition = Integer.parseInt(name);
            long end = begin(partition + 1);
            return new Share<>(checked(position, begin(partition), end, name), end, values);
        }
    }

    /** A part of what is indexed. */
    private static final class Share<T> implements Source.Partition<T> {
        private final long end;
        private final LongFunction<T> values;
        private long next;

        Share(long next, long end, LongFunction<T> values) {
            this.next = next;
            this.end = end;
            this.values = values;
        }

        @Override
        public Polled poll(Output<T> out, int max) {
            long until = end - next > max ? next + max : end;
            while (next < until) {
                out.emit(values.apply(next++));
            }
            return next < end ? Polled.MORE : Polled.FINISHED;
        }

        @Override
        public Object position() {
            return next;
        }
    }

    /** What can only be gone through from the beginning. */
    private record Iterated<T>(Iterable<T> values) implements Source<T> {
        @Override
        public List<String> partitions() {
            return List.of("0");
        }

        @Override
        public Partition<T> open(String name, Optional<Object> position) {
            long from = checked(position, 0, Long.MAX_VALUE, name);
            var iterator = values.iterator();
            for (long passed = 0; passed < from; passed++) {
                if (!iterator.hasNext()) {
                    checked(position, 0, passed, name);
                }
                iterator.next();
            }
            return new Iteration<>(iterator, from);
        }
    }

    /** One iteration. */
    private static final class Iteration<T> implements Source.Partition<T> {
        private final Iterator<T> iterator;
        private long next;

        Iteration(Iterator<T> iterator, long next) {
            this.iterator = iterator;
            this.next = next;
        }

        @Override
        public Polled poll(Output<T> out, int max) {
            for (int i = 0; i < max && iterator.hasNext(); i++) {
                next++;
                out.emit(iterator.next());
            }
            return iterator.hasNext() ? Polled.MORE : Polled.FINISHED;
        }

        @Override
        public Object position() {
            return next;
        }
    }
}
