package dev.gyre.core.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sums that a base and any subset of some deltas can have, as ascending ranges that do not touch.
 *
 * <p>Small deltas give few ranges, however many there are: their sums grow together. Deltas that are far apart double the
 * ranges with each one, so beyond a bound all are blurred into one range from the least sum to the greatest: what lies
 * outside is still surely no sum, what lies inside may or may not be one.
 */
final class SumRanges {
    /** 65,536 ranges are 1 MiB, and 16 deltas of which no two subsets have sums that touch. */
    static final int RANGES_MAX = 1 << 16;

    /** Lowest and highest sum of each range, by turns. */
    private long[] bounds;

    private boolean blurred;

    SumRanges(long base) {
        bounds = new long[] {base, base};
    }

    /**
     * Adds a delta that may or may not be part of a sum.
     *
     * @throws ArithmeticException when a sum leaves the range of a long
     */
    void maybe(long delta) {
        long[] shifted = new long[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            shifted[i] = Math.addExact(bounds[i], delta);
        }
        long[] merged = merge(bounds, shifted);
        if (merged.length > 2 * RANGES_MAX) {
            blurred = true;
            merged = new long[] {merged[0], merged[merged.length - 1]};
        }
        bounds = merged;
    }

    /** Whether the ranges hold values that are no sums, because the true ranges were too many. */
    boolean isBlurred() {
        return blurred;
    }

    boolean contains(long value) {
        int place = Arrays.binarySearch(bounds, value);
        // A value between the two ends of a range would be inserted at an odd place.
        return place >= 0 || (-place - 1) % 2 == 1;
    }

    /** The value in the ranges that is nearest to another, the lower one if two are. */
    long nearest(long value) {
        if (contains(value)) {
            return value;
        }
        int above = -Arrays.binarySearch(bounds, value) - 1;
        if (above == 0) {
            return bounds[0];
        }
        long below = bounds[above - 1];
        // Unsigned, because the distance between two longs can exceed the greatest long.
        return above == bounds.length || Long.compareUnsigned(value - below, bounds[above] - value) <= 0
                ? below
                : bounds[above];
    }

    /** The lowest and highest sum of each range, in ascending order. */
    List<List<Long>> toList() {
        var result = new ArrayList<List<Long>>(bounds.length / 2);
        for (int i = 0; i < bounds.length; i += 2) {
            result.add(List.of(bounds[i], bounds[i + 1]));
        }
        return result;
    }

    private static long[] merge(long[] a, long[] b) {
        long[] out = new long[a.length + b.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            boolean fromA = j == b.length || (i < a.length && a[i] <= b[j]);
            long low = fromA ? a[i] : b[j];
            long high = fromA ? a[i + 1] : b[j + 1];
            if (fromA) {
                i += 2;
            } else {
                j += 2;
            }
            // Ranges join when they overlap or are neighbours; the order by lowest sum makes the difference safe.
            if (size > 0 && (low <= out[size - 1] || low - 1 == out[size - 1])) {
                out[size - 1] = Math.max(out[size - 1], high);
            } else {
                out[size++] = low;
                out[size++] = high;
            }
        }
        return Arrays.copyOf(out, size);
    }
}
