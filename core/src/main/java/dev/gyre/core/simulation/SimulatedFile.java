package dev.gyre.core.simulation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A file as programs see it, and as it is on the platter: what lies between are the changes that no sync has covered, each of
 * which a crash keeps, drops or tears.
 */
final class SimulatedFile {
    /** Disks write whole sectors: a torn write is one of which some sectors arrived. */
    static final int SECTOR_BYTES = 512;

    private Bytes seen = new Bytes(new byte[0]);
    private final Bytes durable = new Bytes(new byte[0]);
    private final Deque<Change> unsynced = new ArrayDeque<>();
    /** How many changes there ever were. */
    private long changes;
    /** How many of them were settled: made durable, or lost for good. */
    private long settled;

    /** A change of the contents. */
    private sealed interface Change {
        record Write(long position, Bytes bytes) implements Change {}

        record Truncate(long size) implements Change {}
    }

    long size() {
        return seen.size;
    }

    void write(long position, byte[] bytes) {
        seen.write(position, bytes, 0, bytes.length);
        unsynced.add(new Change.Write(position, new Bytes(bytes)));
        changes++;
    }

    int read(long position, byte[] into) {
        int count = (int) Math.max(0, Math.min(into.length, seen.size - position));
        System.arraycopy(seen.array, (int) Math.min(position, seen.size), into, 0, count);
        return count;
    }

    void truncate(long size) {
        seen.truncate(size);
        unsynced.add(new Change.Truncate(size));
        changes++;
    }

    /** A mark for {@link #settle}: all changes so far. */
    long mark() {
        return changes;
    }

    /** Makes all changes up to a mark durable. */
    void settle(long mark) {
        while (settled < mark) {
            keep(unsynced.remove());
            settled++;
        }
    }

    /** A sync of all changes up to a mark fails: each of them is on the platter or not, and no later sync will tell. */
    void fail(long mark, RandomGenerator random) {
        while (settled < mark) {
            gamble(unsynced.remove(), random);
            settled++;
        }
    }

    /** The power goes: the changes that no sync covered are kept, dropped or torn, and the cache is gone. */
    void crash(Fate fate, RandomGenerator random) {
        while (!unsynced.isEmpty()) {
            var change = unsynced.remove();
            settled++;
            switch (fate) {
                case KEEP -> keep(change);
                case DROP -> {}
                case GAMBLE -> gamble(change, random);
            }
        }
        seen = durable.copy();
    }

    /** What becomes of the changes that a crash meets. */
    enum Fate {
        KEEP,
        DROP,
        GAMBLE;

        private static final List<Fate> ALL = List.of(values());

        static Fate draw(RandomGenerator random) {
            return ALL.get(random.nextInt(ALL.size()));
        }
    }

    private void keep(Change change) {
        switch (change) {
            case Change.Write(long position, Bytes bytes) -> durable.write(position, bytes.array, 0, bytes.size);
            case Change.Truncate(long size) -> durable.truncate(size);
        }
    }

    private void gamble(Change change, RandomGenerator random) {
        switch (Fate.draw(random)) {
            case KEEP -> keep(change);
            case DROP -> {}
            case GAMBLE -> tear(change, random);
        }
    }

    private void tear(Change change, RandomGenerator random) {
        if (change instanceof Change.Write(long position, Bytes bytes)) {
            for (int from = 0; from < bytes.size; ) {
                int toBoundary = (int) (SECTOR_BYTES - (position + from) % SECTOR_BYTES);
                int length = Math.min(toBoundary, bytes.size - from);
                if (random.nextBoolean()) {
                    durable.write(position + from, bytes.array, from, length);
                }
                from += length;
            }
        }
    }

    /** Flips a bit of what is durable, and of what is seen; says whether there was one to flip. */
    boolean corrupt(double where, int bit) {
        if (durable.size == 0) {
            return false;
        }
        int offset = (int) Math.min(durable.size - 1, (long) (where * durable.size));
        durable.array[offset] ^= (byte) (1 << bit);
        if (offset < seen.size) {
            seen.array[offset] ^= (byte) (1 << bit);
        }
        return true;
    }

    /** Bytes that grow. What is written beyond the end leaves zeros before it, as file systems do. */
    private static final class Bytes {
        private byte[] array;
        private int size;

        Bytes(byte[] array) {
            this.array = array;
            this.size = array.length;
        }

        void write(long position, byte[] bytes, int from, int length) {
            int end = Math.toIntExact(position + length);
            if (end > array.length) {
                array = Arrays.copyOf(array, Math.max(end, 2 * array.length));
            }
            System.arraycopy(bytes, from, array, (int) position, length);
            size = Math.max(size, end);
        }

        void truncate(long newSize) {
            if (newSize < size) {
                Arrays.fill(array, (int) newSize, size, (byte) 0);
                size = (int) newSize;
            }
        }

        Bytes copy() {
            return new Bytes(Arrays.copyOf(array, size));
        }
    }
}
