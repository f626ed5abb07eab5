package dev.gyre.stream.exchange;

/**
 * Records whose keys and values are numbers, with no object for any of them. What a {@link Batch} is to objects; their hashes are not sent along, as that of a number costs
 * less than a column. The columns are public for the same reason, and mean nothing beyond {@link #size}.
 */
public final class Numbers implements Records {
    /** The key of each record. */
    public final long[] keys;

    /** The values. */
    public final long[] values;

    /** Event times, in nanoseconds. */
    public final long[] times;

    private int size;

    /** No records, with room for {@link Batch#CAPACITY}. */
    public Numbers() {
        this(Batch.CAPACITY);
    }

    private Numbers(int capacity) {
        keys = new long[capacity];
        values = new long[capacity];
        times = new long[capacity];
    }

    /**
     * Adds a record. There must be room.
     *
     * @return whether it is full now
     */
    public boolean add(long key, long value, long time) {
        int i = size;
        keys[i] = key;
        values[i] = value;
        times[i] = time;
        size = i + 1;
        return i + 1 == keys.length;
    }

    /** Empties it, so that whoever has read it, and is the only one to refer to it, may fill it again. Whether it has room for {@link Batch#CAPACITY}. */
    public boolean clear() {
        size = 0;
        return keys.length == Batch.CAPACITY;
    }

    @Override
    public Numbers takeOut() {
        var taken = new Numbers(size);
        System.arraycopy(keys, 0, taken.keys, 0, size);
        System.arraycopy(values, 0, taken.values, 0, size);
        System.arraycopy(times, 0, taken.times, 0, size);
        taken.size = size;
        size = 0;
        return taken;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Batch asObjects() {
        var batch = new Batch(Math.max(1, size));
        for (int i = 0; i < size; i++) {
            batch.add(keys[i], KeyHash.of(keys[i]), values[i], times[i]);
        }
        return batch;
    }
}
