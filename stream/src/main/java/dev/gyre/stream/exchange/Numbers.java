package dev.gyre.stream.exchange;

/**
 * Records whose keys and values are numbers, with no object for any of them. What a {@link Batch} is to objects; their hashes are not sent along, as that of a number costs
 * less than a column.
 *
 * <p>Key, value and event time of a record lie side by side: who goes through all of them has one array to hold, and a record is in one line of the cache or two. For loops
 * over them {@link #cells} is public.
 */
public final class Numbers implements Records {
    /** Cells of a record: its key, and behind it the two below. */
    public static final int WIDTH = 3;

    /** Where its value is, from its key. */
    public static final int VALUE = 1;

    /** Where its event time is, in nanoseconds. */
    public static final int TIME = 2;

    /** What has no room at all: stands where there are no numbers. */
    public static final Numbers NONE = new Numbers(0);

    /** The records one after the other, of no meaning behind {@link #end}. */
    public final long[] cells;

    private int end;

    /** No records, with room for {@link Batch#CAPACITY}. */
    public Numbers() {
        this(Batch.CAPACITY);
    }

    /**
     * No records.
     *
     * @param capacity how many there is room for
     */
    public Numbers(int capacity) {
        cells = new long[capacity * WIDTH];
    }

    /**
     * Adds a record. There must be room.
     *
     * @return whether it is full now
     */
    public boolean add(long key, long value, long time) {
        int i = end;
        cells[i] = key;
        cells[i + VALUE] = value;
        cells[i + TIME] = time;
        end = i + WIDTH;
        return isFull();
    }

    /** Whether there is no room for another record. */
    public boolean isFull() {
        return end == cells.length;
    }

    /** Behind the last cell of the last record. */
    public int end() {
        return end;
    }

    /** The event time of a record, in nanoseconds. */
    public long time(int record) {
        return cells[record * WIDTH + TIME];
    }

    /** Empties it, so that whoever has read it, and is the only one to refer to it, may fill it again. Whether it has room for {@link Batch#CAPACITY}. */
    public boolean clear() {
        end = 0;
        return cells.length == Batch.CAPACITY * WIDTH;
    }

    /** The same records, in columns of their size. */
    public Numbers copy() {
        var copy = new Numbers(size());
        System.arraycopy(cells, 0, copy.cells, 0, end);
        copy.end = end;
        return copy;
    }

    @Override
    public Numbers takeOut() {
        var taken = copy();
        end = 0;
        return taken;
    }

    @Override
    public int size() {
        return end / WIDTH;
    }

    @Override
    public Batch asObjects() {
        var batch = new Batch(Math.max(1, size()));
        for (int i = 0; i < end; i += WIDTH) {
            batch.add(cells[i], KeyHash.of(cells[i]), cells[i + VALUE], cells[i + TIME]);
        }
        return batch;
    }
}
