package dev.gyre.bench.stream.hand;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A number for each key that is an object: open addressing, linear probing. */
final class LongCells {
    /** Twice as many as there are keys, at least. */
    static final int CAPACITY = 1 << 15;

    private final @Nullable Long[] keys;
    private final long[] cells;

    LongCells() {
        this(new Long[CAPACITY], new long[CAPACITY]);
    }

    private LongCells(@Nullable Long[] keys, long[] cells) {
        this.keys = keys;
        this.cells = cells;
    }

    /** Adds to the number of a key, which was zero at first, and gives the sum. */
    long add(Long key, long number) {
        for (int i = slot(key); ; i = (i + 1) & (CAPACITY - 1)) {
            var found = keys[i];
            if (found == null) {
                keys[i] = key;
                cells[i] = number;
                return number;
            }
            if (found.equals(key)) {
                cells[i] += number;
                return cells[i];
            }
        }
    }

    private static int slot(Long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 49);
    }

    /** Shows all keys with their numbers. */
    void forEach(Entries consumer) {
        for (int i = 0; i < CAPACITY; i++) {
            if (keys[i] != null) {
                consumer.accept(Objects.requireNonNull(keys[i]), cells[i]);
            }
        }
    }

    /** The same again. */
    LongCells copy() {
        return new LongCells(keys.clone(), cells.clone());
    }

    /** Takes a key and its number. */
    @FunctionalInterface
    interface Entries {
        void accept(Long key, long number);
    }
}
