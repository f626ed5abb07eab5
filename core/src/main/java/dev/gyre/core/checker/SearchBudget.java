package dev.gyre.core.checker;

/**
 * How much a search may spend before it gives up and says {@link Validity#UNKNOWN}. Counted in work, not in time, so that
 * the same history gets the same verdict on every machine.
 *
 * @param steps how many times an operation may be looked at; above 0. A machine does tens of millions a second
 * @param memoryBytes about how much heap the configurations and states seen may take; above 0 and
 *     at most {@link #MEMORY_BYTES_MAX}
 */
public record SearchBudget(long steps, long memoryBytes) {
    /** 4 GiB: what the search keeps lies in arrays, which have at most 2^31 elements. */
    public static final long MEMORY_BYTES_MAX = 4L << 30;

    /** Some seconds for each history, and a quarter of a heap of 1 GiB. */
    public static final SearchBudget DEFAULT = new SearchBudget(100_000_000, 256L << 20);

    /** Rejects a budget with which no search could begin. */
    public SearchBudget {
        if (steps <= 0 || memoryBytes <= 0 || memoryBytes > MEMORY_BYTES_MAX) {
            throw new IllegalArgumentException("a search needs at least 1 step and 1 to " + MEMORY_BYTES_MAX
                    + " bytes, not " + steps + " steps and " + memoryBytes + " bytes");
        }
    }
}
