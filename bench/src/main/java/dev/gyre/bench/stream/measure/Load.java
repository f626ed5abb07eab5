package dev.gyre.bench.stream.measure;

import dev.gyre.bench.stream.Feed;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Records as fast as they are taken, from two partitions, until they are told to end: the keys and values of {@link Feed}, but of any number of keys. For any
 * thread; a partition is read by one worker at a time.
 */
final class Load implements Source<Reading> {
    private final int keys;
    private final AtomicLongArray positions = new AtomicLongArray(Feed.PARTITIONS);
    private volatile boolean ends;

    Load(int keys) {
        this.keys = keys;
    }

    int keys() {
        return keys;
    }

    /** Nothing more comes. */
    void end() {
        ends = true;
    }

    /** How many records a partition has given. */
    long emitted(int partition) {
        return positions.get(partition);
    }

    /** How many records all partitions have given. */
    long emitted() {
        return IntStream.range(0, Feed.PARTITIONS).mapToLong(this::emitted).sum();
    }

    /** A record, by its number among those of all partitions. */
    Reading reading(long sequence) {
        return new Reading((Feed.mix(sequence) >>> 1) % keys, Feed.value(sequence));
    }

    @Override
    public List<String> partitions() {
        return IntStream.range(0, Feed.PARTITIONS).mapToObj(Integer::toString).toList();
    }

    @Override
    public Partition<Reading> open(String name, Optional<Object> position) {
        return new Open(Integer.parseInt(name), position.map(at -> (Long) at).orElse(0L));
    }

    private final class Open implements Partition<Reading> {
        private final int index;
        private long position;

        Open(int index, long position) {
            this.index = index;
            this.position = position;
        }

        @Override
        public Polled poll(Output<Reading> out, int max) {
            if (ends) {
                return Polled.FINISHED;
            }
            for (int i = 0; i < max; i++) {
                out.emit(reading(Feed.sequence(index, position++)));
            }
            positions.setRelease(index, position);
            return Polled.MORE;
        }

        @Override
        public Object position() {
            return position;
        }
    }
}
