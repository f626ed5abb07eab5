package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Snapshots;
import dev.gyre.bench.stream.Workload;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Says when a snapshot is due, and knows when both threads have theirs. */
final class SnapshotClock {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(Workload.SNAPSHOT_INTERVAL_MILLIS);

    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
    private final AtomicInteger written = new AtomicInteger();

    /** Whether a thread should begin one; the other is told by the barrier. */
    boolean isDue() {
        long last = lastNanos.get();
        return System.nanoTime() - last > INTERVAL_NANOS && lastNanos.compareAndSet(last, System.nanoTime());
    }

    void written() {
        if (written.incrementAndGet() % Feed.PARTITIONS == 0) {
            Snapshots.completed();
        }
    }
}
