package dev.gyre.stream.operator;

import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A number for each key of a group that is a number: open addressing, linear probing, key and value side by side so that a search mostly touches one line of the cache. A
 * key of zero marks a free place; the number of the key zero itself stands behind all places.
 */
final class NumberTable implements Table {
    /** What {@link #find} says of a key that it does not find. */
    static final int NONE = -1;

    /** Most groups have few keys; see {@link GroupTable}. */
    private static final int FIRST_CAPACITY = 8;

    /**
     * Below so many places a quarter of them is used, else a half. Where a key is not in its first place a processor has guessed wrongly, which costs more than all else here; and a table
     * of two kilobytes may be a little emptier.
     */
    private static final int LARGE = 128;

    private final long initial;
    /** At first a single place, which stays free. */
    private long[] cells = new long[3];
    /** One less than the places there are. */
    private int mask;

    private int size;
    private boolean hasZero;
    /** Steps of a search, for the place of a new key, that are to be told of. */
    private int tellAt = Collisions.FIRST;

    /** @param initial of a key that was not asked for before */
    NumberTable(long initial) {
        this.initial = initial;
    }

    /** A copy that does not change with the other. */
    NumberTable(NumberTable other) {
        this.initial = other.initial;
        this.cells = other.cells.clone();
        this.mask = other.mask;
        this.size = other.size;
        this.hasZero = other.hasZero;
    }

    @Override
    public int size() {
        return size + (hasZero ? 1 : 0);
    }

    /** Where the number of a key is; it is added if it is not there. Good until the next call. */
    int cell(long key, int hash) {
        int known = find(key, hash);
        if (known != NONE) {
            return known;
        }
        return key == 0 ? zero() : add(key, hash);
    }

    /** Where the number of a key is, or {@link #NONE}: that of zero, or of one that is not there. As good as that of {@link #cell}. */
    int find(long key, int hash) {
        int place = hash & mask;
        while (true) {
            long there = cells[2 * place];
            if (there == 0) {
                return NONE;
            }
            if (there == key) {
                return 2 * place + 1;
            }
            place = (place + 1) & mask;
        }
    }

    long get(int cell) {
        return cells[cell];
    }

    void set(int cell, long value) {
        cells[cell] = value;
    }

    private int zero() {
        int cell = cells.length - 1;
        if (!hasZero) {
            hasZero = true;
            cells[cell] = initial;
        }
        return cell;
    }

    private int add(long key, int hash) {
        int places = mask + 1;
        if ((size + 1) * (places < LARGE ? 4 : 2) > places) {
            grow();
        }
        int place = freePlace(hash);
        size++;
        cells[2 * place] = key;
        cells[2 * place + 1] = initial;
        int steps = (place - hash) & mask;
        if (steps >= tellAt) {
            tellAt = Collisions.tell(steps, size, key);
        }
        return 2 * place + 1;
    }

    private int freePlace(int hash) {
        int place = hash & mask;
        while (cells[2 * place] != 0) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        var old = cells;
        int places = Math.max(FIRST_CAPACITY, (mask + 1) * 2);
        mask = places - 1;
        cells = new long[2 * places + 1];
        for (int i = 0; i + 1 < old.length; i += 2) {
            if (old[i] != 0) {
                int place = freePlace(KeyHash.of(old[i]));
                cells[2 * place] = old[i];
                cells[2 * place + 1] = old[i + 1];
            }
        }
        if (hasZero) {
            cells[cells.length - 1] = old[old.length - 1];
        }
    }

    @Override
    public Optional<NumberTable> freeze() {
        return Optional.of(new NumberTable(this));
    }

    @Override
    public @Nullable Object get(Object key, int hash) {
        if (!(key instanceof Long number)) {
            return null;
        }
        if (number == 0) {
            return hasZero ? cells[cells.length - 1] : null;
        }
        int cell = find(number, hash);
        return cell == NONE ? null : cells[cell];
    }

    @Override
    public Table put(Object key, int hash, Object value) {
        if (key instanceof Long number && value instanceof Long cell) {
            set(cell(number, hash), cell);
            return this;
        }
        var objects = new GroupTable();
        forEach((each, number) -> objects.put(each, KeyHash.of(each), number));
        return objects.put(key, hash, value);
    }

    @Override
    public void write(ValueWriter out) {
        out.writeLong(size());
        // Not by forEach: its boxes would take longer than what is written.
        for (int i = 0; i + 1 < cells.length; i += 2) {
            if (cells[i] != 0) {
                out.writeLong(cells[i]);
                out.writeLong(cells[i + 1]);
            }
        }
        if (hasZero) {
            out.writeLong(0);
            out.writeLong(cells[cells.length - 1]);
        }
    }

    /** Shows all keys and numbers, in an order that depends on their history alone. */
    void forEach(BiConsumer<Long, Long> action) {
        for (int i = 0; i + 1 < cells.length; i += 2) {
            if (cells[i] != 0) {
                action.accept(cells[i], cells[i + 1]);
            }
        }
        if (hasZero) {
            action.accept(0L, cells[cells.length - 1]);
        }
    }
}
