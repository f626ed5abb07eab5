package dev.gyre.core.checker;

import java.util.Arrays;

/**
 * The configurations that a search has seen, each a row of ints and what it has used up: ascending pairs of a thing and how
 * much of it.
 *
 * <p>A configuration from which nothing was found shows that nothing can be found from one with an equal row that has used
 * up as much of each thing or more. So a row keeps what was used up by all that were not dominated when they came.
 *
 * <p>Rows and uses lie in two arrays, and an open-addressed table points to the rows: a fraction of the heap that a set of
 * objects takes.
 */
final class ConfigurationSet {
    private static final int NONE = -1;

    /** Above this share of the table, in eighths, probing gets long. */
    private static final int LOAD_EIGHTHS_MAX = 5;

    /** Length, the place of the last uses, and the ints of each row. */
    private int[] rows = new int[256];

    private int rowsEnd;

    /** Place of the uses before, length, and the pairs of each. */
    private int[] uses = new int[64];

    private int usesEnd;
    private int[] table = emptyTable(64);
    private int rowCount;
    private int size;
    private long comparisons;

    /**
     * Adds a configuration.
     *
     * @param row a buffer whose first ints are the row
     * @param used a buffer whose first ints are what is used up
     * @return whether it was new: no configuration with an equal row had used up as little
     */
    boolean add(int[] row, int rowLength, int[] used, int usedLength) {
        int slot = slotOf(row, 0, rowLength);
        int start = table[slot];
        if (start == NONE) {
            start = appendRow(row, rowLength);
            table[slot] = start;
            if (++rowCount > (long) table.length * LOAD_EIGHTHS_MAX / 8) {
                grow();
            }
        } else if (isDominated(rows[start + 1], used, usedLength)) {
            return false;
        }
        rows[start + 1] = appendUses(rows[start + 1], used, usedLength);
        size++;
        return true;
    }

    /** How many were new. */
    int size() {
        return size;
    }

    /** How often two uses were compared, which is what most of the work can be. */
    long comparisons() {
        return comparisons;
    }

    long sizeBytes() {
        return (long) Integer.BYTES * ((long) rows.length + uses.length + table.length);
    }

    private boolean isDominated(int last, int[] used, int length) {
        for (int at = last; at != NONE; at = uses[at]) {
            comparisons++;
            if (isAtMost(at + 2, at + 2 + uses[at + 1], used, length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the pairs in a part of the uses are each matched by as much or more. */
    private boolean isAtMost(int from, int to, int[] used, int length) {
        int j = 0;
        for (int i = from; i < to; i += 2) {
            while (j < length && used[j] < uses[i]) {
                j += 2;
            }
            if (j == length || used[j] != uses[i] || used[j + 1] < uses[i + 1]) {
                return false;
            }
        }
        return true;
    }

    private int appendRow(int[] row, int length) {
        int start = rowsEnd;
        rows = withRoom(rows, start + length + 2);
        rows[start] = length;
        rows[start + 1] = NONE;
        System.arraycopy(row, 0, rows, start + 2, length);
        rowsEnd = start + length + 2;
        return start;
    }

    private int appendUses(int last, int[] used, int length) {
        int start = usesEnd;
        uses = withRoom(uses, start + length + 2);
        uses[start] = last;
        uses[start + 1] = length;
        System.arraycopy(used, 0, uses, start + 2, length);
        usesEnd = start + length + 2;
        return start;
    }

    private static int[] withRoom(int[] array, int length) {
        return length <= array.length
                ? array
                : Arrays.copyOf(array, Math.max(length, Math.addExact(array.length, array.length / 2)));
    }

    private void grow() {
        table = emptyTable(Math.multiplyExact(table.length, 2));
        for (int start = 0; start < rowsEnd; start += rows[start] + 2) {
            table[slotOf(rows, start + 2, rows[start])] = start;
        }
    }

    /** The slot of an equal row, or the empty one where it belongs. */
    private int slotOf(int[] source, int from, int length) {
        int slot = hash(source, from, length) & (table.length - 1);
        while (table[slot] != NONE) {
            int start = table[slot];
            if (rows[start] == length
                    && Arrays.equals(rows, start + 2, start + 2 + length, source, from, from + length)) {
                return slot;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private static int hash(int[] source, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ source[i]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    private static int[] emptyTable(int length) {
        int[] table = new int[length];
        Arrays.fill(table, NONE);
        return table;
    }
}
