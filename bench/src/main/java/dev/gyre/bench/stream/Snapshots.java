package dev.gyre.bench.stream;

import java.util.ArrayList;
import java.util.List;

/** How long snapshots take: from the first source that is told of one to the first operator that is told that it is complete. One is under way at a time. */
public final class Snapshots {
    private static final long NONE = Long.MIN_VALUE;
    private static final List<Long> NANOS = new ArrayList<>();
    private static long from = NONE;

    private Snapshots() {}

    /** A source writes its position. */
    public static synchronized void began() {
        from = from == NONE ? System.nanoTime() : from;
    }

    /** An operator hears that the snapshot is complete. */
    public static synchronized void completed() {
        if (from != NONE) {
            NANOS.add(System.nanoTime() - from);
            from = NONE;
        }
    }

    /** How long those took that have completed since this was asked last. */
    public static synchronized List<Long> drainNanos() {
        var drained = List.copyOf(NANOS);
        NANOS.clear();
        return drained;
    }
}
