package dev.gyre.examples.wordcount;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A source that a worker reads no faster than at some rate, and that counts what was read. For one node's thread. */
final class Paced<T> implements Source<T> {
    /** Records at a time, so that a fast rate is reached and a slow one is even. */
    private static final int PORTION = 64;

    private final Source<T> source;
    private final LongSupplier nowNanos;
    private final double nanosARecord;
    private long freeAtNanos = Long.MIN_VALUE;
    private long count;

    /**
     * A source with a pace.
     *
     * @param nowNanos the node's clock
     * @param perSecond records a second, at least 1
     */
    Paced(Source<T> source, LongSupplier nowNanos, int perSecond) {
        this.source = source;
        this.nowNanos = nowNanos;
        this.nanosARecord = (double) TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** How many records were read here. */
    long count() {
        return count;
    }

    @Override
    public List<String> partitions() {
        return source.partitions();
    }

    @Override
    public Partition<T> open(String name, Optional<Object> position) {
        var partition = source.open(name, position);
        return new Partition<>() {
            @Override
            public Polled poll(Output<T> out, int max) {
                return Paced.this.poll(partition, out, max);
            }

            @Override
            public Object position() {
                return partition.position();
            }

            @Override
            public void committed(Object position) {
                partition.committed(position);
            }

            @Override
            public void close() {
                partition.close();
            }
        };
    }

    private Polled poll(Partition<T> partition, Output<T> out, int max) {
        long now = nowNanos.getAsLong();
        if (now < freeAtNanos) {
            return Polled.later(Duration.ofNanos(freeAtNanos - now));
        }
        long before = count;
        var polled = partition.poll(new Counted(out), Math.min(max, PORTION));
        freeAtNanos = Math.max(now, freeAtNanos) + (long) ((count - before) * nanosARecord);
        return polled;
    }

    /** Passes records on and counts them. */
    private final class Counted implements Output<T> {
        private final Output<T> out;

        Counted(Output<T> out) {
            this.out = out;
        }

        @Override
        public void emit(T value) {
            count++;
            out.emit(value);
        }

        @Override
        public void emit(T value, long time) {
            count++;
            out.emit(value, time);
        }
    }
}
