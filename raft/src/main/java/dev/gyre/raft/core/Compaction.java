package dev.gyre.raft.core;

/**
 * When the log is cut, and how snapshots travel.
 *
 * @param snapshotAfterBytes of log since the last snapshot: another is wanted
 * @param retainedBytes of log that a snapshot covers and that is kept for followers that lag a little
 * @param chunkBytes of a snapshot in one message
 */
public record Compaction(long snapshotAfterBytes, long retainedBytes, int chunkBytes) {
    /** Sizes that can work. */
    public Compaction {
        Limits.requirePositive("snapshotAfterBytes", snapshotAfterBytes);
        Limits.requirePositive("chunkBytes", chunkBytes);
        if (retainedBytes < 0) {
            throw new IllegalArgumentException("retainedBytes is " + retainedBytes + ": must not be negative");
        }
    }

    /** A snapshot each 64 MiB of log, 8 MiB retained, chunks of 256 KiB. */
    public static Compaction defaults() {
        return new Compaction(64L << 20, 8L << 20, 256 << 10);
    }
}
