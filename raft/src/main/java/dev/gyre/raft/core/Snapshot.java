package dev.gyre.raft.core;

/**
 * What is known of a snapshot; its bytes are the host's. It stands for all entries up to {@code last}, which are committed.
 *
 * @param last the last entry that it covers
 * @param membership the latest one at or before {@code last}
 * @param sizeBytes of its content
 * @param crc32c of its content; snapshots that two nodes make of the same state may differ in bytes, and this tells them apart
 */
public record Snapshot(Position last, Membership membership, long sizeBytes, int crc32c) {
    /** A snapshot. */
    public Snapshot {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("snapshot " + last + ": size " + sizeBytes + " is negative");
        }
    }

    /** Before the first entry: what a cluster starts from. */
    public static Snapshot initial(Membership membership) {
        return new Snapshot(Position.START, membership, 0, 0);
    }

    /** This snapshot with its content. */
    public Snapshot withContent(long newSizeBytes, int newCrc32c) {
        return new Snapshot(last, membership, newSizeBytes, newCrc32c);
    }
}
