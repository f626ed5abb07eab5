package dev.gyre.bench.stream;

/** A number for each key, without objects: open addressing, linear probing. For who would write one by hand: the bound, and operators of peers. */
public final class LongTable {
    /** Twice as many as there are keys, at least. */
    private static final int CAPACITY = 1 << 15;

    private static final int SHIFT = Long.SIZE - 15;

    private final long[] keys = new long[CAPACITY]; // a key plus one; zero: none
    private final long[] numbers = new long[CAPACITY];

    /** Adds to the number of a key, which was zero at first, and gives the sum. */
    public long add(long key, long number) {
        int i = (int) ((key * 0x9E3779B97F4A7C15L) >>> SHIFT);
        while (keys[i] != key + 1) {
            if (keys[i] == 0) {
                keys[i] = key + 1;
                break;
            }
            i = (i + 1) & (CAPACITY - 1);
        }
        numbers[i] += number;
        return numbers[i];
    }

    /** Shows all keys with their numbers. */
    public void forEach(Entries consumer) {
        for (int i = 0; i < CAPACITY; i++) {
            if (keys[i] != 0) {
                consumer.accept(keys[i] - 1, numbers[i]);
            }
        }
    }

    /** Takes a key and its number. */
    @FunctionalInterface
    public interface Entries {
        /** Takes them. */
        void accept(long key, long number);
    }
}
