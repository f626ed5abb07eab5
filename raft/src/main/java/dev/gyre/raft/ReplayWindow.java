package dev.gyre.raft;

import java.util.BitSet;

/**
 * Tells numbers that come for the first time from those that come again, in constant memory: of the last {@link #SIZE} below the highest it
 * remembers each, and what is older passes for known. Refusing a new one is safe where taking one twice is not.
 */
final class ReplayWindow {
    /** More messages than this do not overtake one on a network. */
    static final int SIZE = 1 << 14;

    private final BitSet known = new BitSet(SIZE);
    private long highest = -1;

    /** Whether a number, at least 0, has not come before; it has from now on. */
    boolean isNew(long number) {
        if (number > highest) {
            long from = Math.max(highest + 1, number - SIZE + 1);
            for (long passed = from; passed <= number; passed++) {
                known.clear(slot(passed));
            }
            highest = number;
        } else if (number <= highest - SIZE || known.get(slot(number))) {
            return false;
        }
        known.set(slot(number));
        return true;
    }

    private static int slot(long number) {
        return (int) number & (SIZE - 1);
    }
}
