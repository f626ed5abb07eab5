package dev.gyre.stream.exchange;

import java.util.Arrays;

/**
 * Records, column by column: it is filled by one sender, handed on, and not changed after that. Columns rather than objects, as a record costs
 * no allocation of its own and a loop over one column is the fastest that a machine can do.
 *
 * <p>The columns are public: this is the innermost loop of the dataflow. Beyond {@link #size} they mean nothing.
 */
public final class Batch implements Records {
    /** Records a batch holds at most: enough to make the costs of a hand-over vanish, few enough to stay in a core's own cache. */
    public static final int CAPACITY = 1024;

    /** The key of each record; always the same object in a stream that has none. */
    public final Object[] keys;

    /** {@link KeyHash} of each key; of no meaning in a stream without keys. */
    public final int[] hashes;

    /** The values. */
    public final Object[] values;

    /** Event times, in nanoseconds. */
    public final long[] times;

    private int size;

    /** A batch without records, with room for {@link #CAPACITY}. */
    public Batch() {
        this(CAPACITY);
    }

    /**
     * A batch without records.
     *
     * @param capacity how many fit, at least 1
     */
    public Batch(int capacity) {
        keys = new Object[capacity];
        hashes = new int[capacity];
        values = new Object[capacity];
        times = new long[capacity];
    }

    /**
     * Adds a record. There must be room.
     *
     * @return whether it is full now
     */
    public boolean add(Object key, int hash, Object value, long time) {
        int i = size;
        keys[i] = key;
        hashes[i] = hash;
        values[i] = value;
        times[i] = time;
        size = i + 1;
        return i + 1 == values.length;
    }

    @Override
    public Batch takeOut() {
        var taken = new Batch(size);
        System.arraycopy(keys, 0, taken.keys, 0, size);
        System.arraycopy(hashes, 0, taken.hashes, 0, size);
        System.arraycopy(values, 0, taken.values, 0, size);
        System.arraycopy(times, 0, taken.times, 0, size);
        taken.size = size;
        Arrays.fill(keys, 0, size, null);
        Arrays.fill(values, 0, size, null);
        size = 0;
        return taken;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Batch asObjects() {
        return this;
    }
}
