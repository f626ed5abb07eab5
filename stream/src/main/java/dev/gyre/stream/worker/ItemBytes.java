package dev.gyre.stream.worker;

import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.exchange.Rescale;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Partial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToLongFunction;

/**
 * What a channel carries, as bytes. A batch is written as it is kept, column by column; of times the differences, which are small. A stream without
 * keys has none on the wire, and hashes only where they spread records over workers.
 */
final class ItemBytes {
    private static final byte BATCH = 1;
    private static final byte EPOCH = 2;
    private static final byte IDLE = 3;
    private static final byte BARRIER = 4;
    private static final byte MARKER = 5;
    private static final byte SUSPEND = 6;
    private static final byte END = 7;
    private static final byte GOODBYE = 8;
    private static final byte NUMBERS = 9;

    /** What a batch has: bits. */
    private static final int KEYS = 1;

    /** Some values are {@link Partial}, so each is told to be one or not. */
    private static final int PARTIALS = 2;

    private static final int HASHES = 4;

    private final Types types;
    private final int groups;

    /** By edge: names it in messages. */
    private final List<String> places = new ArrayList<>();

    ItemBytes(Plan plan, Types types) {
        this.types = types;
        this.groups = plan.groups();
        for (var stage : plan.stages()) {
            for (int i = 0; i < stage.root().inputs().size(); i++) {
                places.add("records from " + stage.root().inputs().get(i) + " to " + stage.root());
            }
        }
    }

    void write(int edge, Item item, BytesOut out) {
        switch (item) {
            case Batch batch -> {
                out.writeByte(BATCH);
                write(batch, new ValueWriter(types, out, places.get(edge)), out);
            }
            case Numbers numbers -> {
                out.writeByte(NUMBERS);
                write(numbers, out);
            }
            case Item.Epoch(var time) -> {
                out.writeByte(EPOCH);
                out.writeZigzag(time);
            }
            case Item.Idle() -> out.writeByte(IDLE);
            case Item.Barrier(var generation, var snapshot) -> {
                out.writeByte(BARRIER);
                out.writeZigzag(generation);
                out.writeZigzag(snapshot);
            }
            case Item.Marker(Rescale(var from, var to)) -> {
                out.writeByte(MARKER);
                write(from, out);
                write(to, out);
            }
            case Item.Suspend(var generation) -> {
                out.writeByte(SUSPEND);
                out.writeZigzag(generation);
            }
            case Item.End() -> out.writeByte(END);
            case Item.Goodbye() -> out.writeByte(GOODBYE);
        }
    }

    private static void write(Batch batch, ValueWriter values, BytesOut out) {
        int size = batch.size();
        if (size > Batch.CAPACITY) {
            throw new IllegalArgumentException(
                    "a batch of " + size + " records is to be sent, and has at most " + Batch.CAPACITY);
        }
        boolean hasKeys = false;
        boolean hasHashes = false;
        boolean hasPartials = false;
        for (int i = 0; i < size; i++) {
            hasKeys |= !Operator.NO_KEY.equals(batch.keys[i]);
            hasHashes |= batch.hashes[i] != 0;
            hasPartials |= batch.values[i] instanceof Partial;
        }
        out.writeByte((hasKeys ? KEYS : 0) | (hasPartials ? PARTIALS : 0) | (hasHashes ? HASHES : 0));
        out.writeVarint(size);
        writeTimes(i -> batch.times[i], size, out);
        for (int i = 0; hasHashes && i < size; i++) {
            out.writeInt(batch.hashes[i]);
        }
        for (int i = 0; hasKeys && i < size; i++) {
            values.write(batch.keys[i]);
        }
        for (int i = 0; i < size; i++) {
            var value = batch.values[i];
            if (hasPartials) {
                out.writeByte(value instanceof Partial ? 1 : 0);
            }
            values.write(value instanceof Partial(var accumulator) ? accumulator : value);
        }
    }

    private static void write(Numbers numbers, BytesOut out) {
        out.writeVarint(numbers.size());
        writeTimes(numbers::time, numbers.size(), out);
        for (int i = 0; i < numbers.end(); i += Numbers.WIDTH) {
            out.writeZigzag(numbers.cells[i]);
            out.writeZigzag(numbers.cells[i + Numbers.VALUE]);
        }
    }

    private static void writeTimes(IntToLongFunction times, int size, BytesOut out) {
        long before = 0;
        for (int i = 0; i < size; i++) {
            long time = times.applyAsLong(i);
            out.writeZigzag(time - before); // may overflow, and comes back by overflowing again
            before = time;
        }
    }

    /** Owners as places in the list of workers, which are small numbers. */
    private void write(Assignment assignment, BytesOut out) {
        out.writeZigzag(assignment.version());
        out.writeVarint(assignment.workers().size());
        assignment.workers().forEach(worker -> out.writeZigzag(worker));
        for (int group = 0; group < groups; group++) {
            out.writeVarint(assignment.workers().indexOf(assignment.owner(group)));
        }
    }

    Item read(BytesIn in) {
        int kind = in.readByte();
        return switch (kind) {
            case BATCH -> batch(in);
            case NUMBERS -> numbers(in);
            case EPOCH -> new Item.Epoch(in.readZigzag());
            case IDLE -> new Item.Idle();
            case BARRIER -> new Item.Barrier(in.readZigzag(), in.readZigzag());
            case MARKER -> new Item.Marker(new Rescale(assignment(in), assignment(in)));
            case SUSPEND -> new Item.Suspend(in.readZigzag());
            case END -> new Item.End();
            case GOODBYE -> new Item.Goodbye();
            default -> throw in.malformed("no kind of items is " + kind);
        };
    }

    @SuppressWarnings("NullAway") // a key may be null
    private Batch batch(BytesIn in) {
        int has = in.readVarint(0, KEYS | PARTIALS | HASHES, "what a batch has");
        int size = in.readVarint(0, Batch.CAPACITY, "the size of a batch");
        var batch = new Batch(Math.max(1, size));
        var values = new ValueReader(types, in);
        var times = times(size, in);
        var keys = new Object[size];
        Arrays.fill(keys, Operator.NO_KEY);
        var hashes = new int[size];
        for (int i = 0; (has & HASHES) != 0 && i < size; i++) {
            hashes[i] = in.readInt();
        }
        for (int i = 0; (has & KEYS) != 0 && i < size; i++) {
            keys[i] = values.read();
        }
        for (int i = 0; i < size; i++) {
            boolean isPartial = (has & PARTIALS) != 0 && in.readVarint(0, 1, "whether a value is summed up") == 1;
            var value = values.read();
            if (isPartial && value == null) {
                throw in.malformed("null, where an accumulator has to be");
            }
            batch.add(keys[i], hashes[i], isPartial ? new Partial(Objects.requireNonNull(value)) : value, times[i]);
        }
        return batch;
    }

    private static Numbers numbers(BytesIn in) {
        int size = in.readVarint(0, Batch.CAPACITY, "the size of a batch");
        var times = times(size, in);
        var numbers = new Numbers();
        for (int i = 0; i < size; i++) {
            numbers.add(in.readZigzag(), in.readZigzag(), times[i]);
        }
        return numbers;
    }

    private static long[] times(int size, BytesIn in) {
        var times = new long[size];
        long before = 0;
        for (int i = 0; i < size; i++) {
            before += in.readZigzag();
            times[i] = before;
        }
        return times;
    }

    private Assignment assignment(BytesIn in) {
        long version = in.readZigzag();
        int count = in.readVarint(1, groups, "a number of workers");
        var workers = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            workers.add((int) in.readZigzag(Integer.MIN_VALUE, Integer.MAX_VALUE, "a worker"));
        }
        var owners = new ArrayList<Integer>();
        for (int group = 0; group < groups; group++) {
            owners.add(workers.get(in.readVarint(0, count - 1, "an owner")));
        }
        var assignment = Assignment.of(version, owners);
        if (!assignment.workers().equals(workers)) {
            throw in.malformed("workers " + workers + ", of which " + assignment.workers() + " have key groups");
        }
        return assignment;
    }
}
