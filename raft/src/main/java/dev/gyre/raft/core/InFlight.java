package dev.gyre.raft.core;

/** The appends that were sent to one follower and not acknowledged, oldest first: a ring of fixed size. */
final class InFlight {
    private final long[] lastIndexes;
    private final long[] sizes;
    private final long maxBytes;
    private int oldest;
    private int count;
    private long bytes;

    InFlight(Limits limits) {
        lastIndexes = new long[limits.maxInFlightMessages()];
        sizes = new long[limits.maxInFlightMessages()];
        maxBytes = limits.maxInFlightBytes();
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether another append may go; the last one may exceed the bytes, so that a large entry passes at all. */
    boolean hasRoom() {
        return count < lastIndexes.length && bytes < maxBytes;
    }

    long bytes() {
        return bytes;
    }

    void add(long lastIndex, long size) {
        int slot = (oldest + count) % lastIndexes.length;
        lastIndexes[slot] = lastIndex;
        sizes[slot] = size;
        count++;
        bytes += size;
    }

    /** What ends at or before {@code index} has arrived. */
    void acknowledged(long index) {
        while (count > 0 && lastIndexes[oldest] <= index) {
            bytes -= sizes[oldest];
            oldest = (oldest + 1) % lastIndexes.length;
            count--;
        }
    }

    void clear() {
        oldest = 0;
        count = 0;
        bytes = 0;
    }
}
