package dev.gyre.raft.core;

/**
 * How much may wait or be under way. Sizes are as {@link Entry#countedBytes} counts.
 *
 * @param maxEntryBytes larger values are refused: one must not hold up heartbeats on a link for long
 * @param maxBatchBytes of the entries in one append; one larger entry still goes alone
 * @param maxInFlightMessages appends sent to a follower and not acknowledged: hides the latency of the link
 * @param maxInFlightBytes of entries sent to a follower and not acknowledged: bounds what its link and disk buffer
 * @param maxUncommittedBytes of entries in a leader's log and not committed; more is answered {@code Overloaded}
 * @param maxWaitingReads reads not yet confirmed; more fail at once
 */
public record Limits(
        int maxEntryBytes,
        int maxBatchBytes,
        int maxInFlightMessages,
        long maxInFlightBytes,
        long maxUncommittedBytes,
        int maxWaitingReads) {
    /** Limits that can work. */
    public Limits {
        requirePositive("maxEntryBytes", maxEntryBytes);
        requirePositive("maxBatchBytes", maxBatchBytes);
        requirePositive("maxInFlightMessages", maxInFlightMessages);
        requirePositive("maxInFlightBytes", maxInFlightBytes);
        requirePositive("maxWaitingReads", maxWaitingReads);
        if (maxUncommittedBytes < (long) maxEntryBytes + Entry.OVERHEAD_BYTES) {
            throw new IllegalArgumentException("maxUncommittedBytes is " + maxUncommittedBytes
                    + ": not even one entry of maxEntryBytes, " + maxEntryBytes + ", could be accepted");
        }
    }

    /** 1 MiB an entry, batches of 1 MiB, 64 appends and 16 MiB in flight a follower, 64 MiB uncommitted, 100,000 reads. */
    public static Limits defaults() {
        return new Limits(1 << 20, 1 << 20, 64, 16L << 20, 64L << 20, 100_000);
    }

    static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ": must be above 0");
        }
    }
}
