package dev.gyre.maelstrom.report;

import java.util.Arrays;

/** Quantiles as Maelstrom takes them: {@code sorted[min(n - 1, floor(n p))]}, a value that was measured. */
final class Quantiles {
    private final long[] sorted;

    /** Of those values, in any order, of which there is at least one. */
    Quantiles(long[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no quantile of no values; leave the window out");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** The value at the quantile p, from 0 (the least) to 1 (the largest). */
    long at(double p) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
    }
}
