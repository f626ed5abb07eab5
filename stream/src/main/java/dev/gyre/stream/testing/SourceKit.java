package dev.gyre.stream.testing;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.codec.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A source of your own, read by one worker.
 *
 * <pre>{@code
 * var kit = SourceKit.of(new Orders(url));
 * assertThat(kit.run()).containsExactly(first, second);
 * assertThat(kit.isFinished()).isTrue();
 * }</pre>
 *
 * <p>Before every poll the partition is closed, its position is written and read, and it is opened there anew: each position that a snapshot or another worker
 * could go on from is gone on from. It is asked for one record at a time. Time to wait is passed over. For one thread.
 *
 * @param <T> the records
 */
public final class SourceKit<T> {
    private static final int MAX_STEPS = 10_000_000;

    private final Source<T> source;
    private final TreeMap<String, Source.Partition<T>> open = new TreeMap<>();
    private final TreeMap<String, Object> positions = new TreeMap<>();
    private final TreeSet<String> finished = new TreeSet<>();
    private final TreeSet<String> told = new TreeSet<>();
    private final List<Read<T>> received = new ArrayList<>();
    private Types types = Types.builtIn();
    private int max = 1;
    private String last = "";

    /**
     * A record that was read.
     *
     * @param time in nanoseconds; {@link Long#MIN_VALUE} when it has none
     */
    public record Read<T>(String partition, T value, long time) {}

    private SourceKit(Source<T> source) {
        this.source = source;
    }

    /** Reads all partitions that there are now. */
    public static <T> SourceKit<T> of(Source<T> source) {
        var kit = new SourceKit<>(source);
        kit.find();
        return kit;
    }

    /** Adds types that positions may have: records, enums, sealed interfaces. */
    public SourceKit<T> types(Class<?>... more) {
        types = types.with(more);
        return this;
    }

    /** Asks for up to so many records at a time. */
    public SourceKit<T> batch(int records) {
        max = records;
        return this;
    }

    /** Looks for new partitions. Returns their names. */
    public List<String> find() {
        var names = source.partitions();
        if (new TreeSet<>(names).size() < names.size()) {
            throw new IllegalStateException("two partitions have one name: " + names);
        }
        var found = names.stream().filter(name -> !positions.containsKey(name)).toList();
        for (var name : found) {
            var partition = source.open(name, Optional.empty());
            open.put(name, partition);
            positions.put(name, partition.position());
        }
        return found;
    }

    /** Polls the next partition in turn. What it said; finished when there is none any more. */
    public Polled step() {
        if (open.isEmpty()) {
            return Polled.FINISHED;
        }
        var next = open.higherKey(last);
        last = next == null ? open.firstKey() : next;
        return step(last);
    }

    /** Polls a partition that is not finished. What it said. */
    public Polled step(String name) {
        var partition = renew(name);
        var polled = partition.poll(new Receiver(name), max);
        positions.put(name, partition.position());
        if (polled instanceof Polled.Finished) {
            partition.close();
            open.remove(name);
            finished.add(name);
        }
        return polled;
    }

    private Source.Partition<T> renew(String name) {
        var old = open.get(name);
        if (old == null) {
            throw new IllegalArgumentException(name + " is none of the partitions that are read: " + open.keySet());
        }
        if (told.remove(name)) {
            return old; // another one would not know of the commit
        }
        old.close();
        var where = "the position of partition " + name;
        var position = types.fromBytes(types.toBytes(old.position(), where), where);
        var renewed = source.open(name, Optional.of(Objects.requireNonNull(position, where)));
        open.put(name, renewed);
        return renewed;
    }

    /** Steps until all partitions are finished, or none has anything at the moment. The values that were read. */
    public List<T> run() {
        int idle = 0;
        for (int steps = 0; !open.isEmpty() && idle <= open.size(); steps++) {
            int before = received.size();
            idle = step() instanceof Polled.Later && received.size() == before ? idle + 1 : 0;
            if (steps > MAX_STEPS) {
                throw new IllegalStateException("no end after " + steps + " polls of " + open.keySet());
            }
        }
        return values();
    }

    /** A snapshot with all positions of now is committed, and partitions are told. The poll that follows is of the same partition. */
    public void commit() {
        told.addAll(open.keySet());
        open.forEach((name, partition) -> partition.committed(positionOf(name)));
    }

    private Object positionOf(String name) {
        return Objects.requireNonNull(positions.get(name));
    }

    /** Where each partition would be read on, those that are finished included. */
    public Map<String, Object> positions() {
        return new TreeMap<>(positions);
    }

    /** Whether every partition has said that there will never be more. */
    public boolean isFinished() {
        return open.isEmpty();
    }

    /** The partitions that are finished. */
    public List<String> finished() {
        return List.copyOf(finished);
    }

    /** What was read since it was asked last. */
    public List<Read<T>> received() {
        var out = List.copyOf(received);
        received.clear();
        return out;
    }

    /** The values that were read since it was asked last. */
    public List<T> values() {
        return received().stream().map(Read::value).toList();
    }

    /** Takes what a partition emits. */
    private final class Receiver implements Output<T> {
        private final String partition;

        Receiver(String partition) {
            this.partition = partition;
        }

        @Override
        public void emit(T value) {
            emit(value, Long.MIN_VALUE);
        }

        @Override
        public void emit(T value, long time) {
            received.add(new Read<>(partition, value, time));
        }
    }
}
