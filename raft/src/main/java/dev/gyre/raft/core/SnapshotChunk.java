package dev.gyre.raft.core;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A part of a snapshot's content.
 *
 * @param offset where {@code bytes} start, in bytes
 * @param crc32c of {@code bytes}
 */
// The array is on its way from one host to another and never compared by identity; equality is by content.
@SuppressWarnings("ArrayRecordComponent")
public record SnapshotChunk(Snapshot snapshot, long offset, byte[] bytes, int crc32c) {
    /** A chunk; it lies within its snapshot. */
    public SnapshotChunk {
        if (offset < 0 || offset + bytes.length > snapshot.sizeBytes()) {
            throw new IllegalArgumentException("chunk of " + bytes.length + " bytes at " + offset
                    + " is outside of its snapshot of " + snapshot.sizeBytes() + " bytes");
        }
    }

    /** A chunk with its checksum. */
    public static SnapshotChunk of(Snapshot snapshot, long offset, byte[] bytes) {
        return new SnapshotChunk(snapshot, offset, bytes, checksum(bytes));
    }

    /** The checksum that chunks and snapshots use. */
    public static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Whether the bytes are those that were sent. */
    public boolean isIntact() {
        return checksum(bytes) == crc32c;
    }

    /** Whether the snapshot is complete with it. */
    public boolean isLast() {
        return offset + bytes.length == snapshot.sizeBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotChunk that
                && snapshot.equals(that.snapshot)
                && offset == that.offset
                && crc32c == that.crc32c
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * snapshot.hashCode() + Long.hashCode(offset)) + crc32c;
    }

    @Override
    public String toString() {
        return "SnapshotChunk[" + snapshot.last() + ", offset=" + offset + ", bytes=" + bytes.length + "]";
    }
}
