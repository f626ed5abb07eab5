package dev.gyre.stream.exchange;

/**
 * Records whose keys and values are numbers, with no object for any of them. What a {@link Batch} is to objects; their hashes are not sent along, as that of a number costs
 * less than a column. The columns are public for the same reason, and mean nothing beyond {@link #size}.
 */
public final class Numbers implements Records {
    /** The key of each record. */
    public final long[] keys = new long[Batch.CAPACITY];

    /** The values. */
    public final long[] values = new long[Batch.CAPACITY];

    /** Event times, in nanoseconds. */
    public final long[] times = new long[Batch.CAPACITY];

    private int size;

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
        return i + 1 == Batch.CAPACITY;
    }

    /** There are none in it: it may be filled again, by whoever has read it and is the only one to refer to it. */
    public void clear() {
        size = 0;
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
