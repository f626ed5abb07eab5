package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.LongTable;
import java.util.Arrays;

/** A count for each key, without objects, for any number of keys above zero: open addressing, linear probing. */
final class LongCounts {
    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] keys = new long[FIRST_CAPACITY]; // zero: none
    private long[] counts = new long[FIRST_CAPACITY];
    private int size;

    void add(long key, long count) {
        int place = place(key);
        if (keys[place] == 0) {
            if (2 * size >= keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = key;
            size++;
        }
        counts[place] += count;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int place = (int) ((key * 0x9E3779B97F4A7C15L) >>> Integer.SIZE) & mask;
        while (keys[place] != key && keys[place] != 0) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new long[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                counts[place] = oldCounts[i];
            }
        }
    }

    long most() {
        return Arrays.stream(counts).max().orElse(0);
    }

    void forEach(LongTable.Entries consumer) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                consumer.accept(keys[i], counts[i]);
            }
        }
    }
}
