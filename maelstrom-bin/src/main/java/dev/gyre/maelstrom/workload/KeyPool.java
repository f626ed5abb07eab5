package dev.gyre.maelstrom.workload;

import java.util.random.RandomGenerator;

/**
 * The keys that are in use at a time. Some are hotter than others: each is drawn twice as often as the next, as in Maelstrom. A
 * key gets the values 1, 2, 3, … up to a number of writes; the write after that goes to a new key, which takes its place. So
 * a key that is full is still read for a while.
 */
final class KeyPool {
    private final RandomGenerator random;
    private final int writesMax;
    private final long[] keys;
    private final int[] writes;
    private long nextKey;

    KeyPool(RandomGenerator random, Workloads.Keys settings) {
        this.random = random;
        writesMax = settings.writesMax();
        keys = new long[settings.count()];
        writes = new int[settings.count()];
        while (nextKey < keys.length) {
            keys[(int) nextKey] = nextKey++;
        }
    }

    /** A value to write that its key never had. */
    record KeyWrite(long key, long value) {}

    /** A key in use. */
    long key() {
        return keys[place()];
    }

    /** A write to a key in use. */
    KeyWrite write() {
        int place = place();
        if (writes[place] == writesMax) {
            keys[place] = nextKey++;
            writes[place] = 0;
        }
        writes[place]++;
        return new KeyWrite(keys[place], writes[place]);
    }

    /** Half of all draws are of the first place, a quarter of the second, and so on; what lies beyond the last is drawn anew. */
    private int place() {
        int place;
        do {
            place = Long.numberOfTrailingZeros(random.nextLong());
        } while (place >= keys.length);
        return place;
    }
}
