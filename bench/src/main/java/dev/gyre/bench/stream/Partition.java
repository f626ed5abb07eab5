package dev.gyre.bench.stream;

/** A partition that is being read. For one thread. */
public final class Partition {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Workload workload;
    private final int index;
    private final long recordsPerMilli;
    private final long recordNanos;
    private final long startNanos = Feed.startNanos();
    private long position;

    Partition(Workload workload, int index, long position) {
        this.workload = workload;
        this.index = index;
        this.position = position;
        recordNanos = workload.recordNanos();
        recordsPerMilli = NANOS_PER_MILLI / recordNanos;
    }

    /** How many records may be emitted now; zero: later, or {@linkplain #hasEnded never}. */
    public int available(int max) {
        if (Feed.isEnded()) {
            return 0;
        }
        if (!workload.isPaced()) {
            return max;
        }
        long due = (System.nanoTime() - startNanos) / recordNanos;
        return Math.clamp(due - position, 0, max);
    }

    /** Whether nothing more will come. */
    public boolean hasEnded() {
        return Feed.isEnded();
    }

    /** How many records have been emitted. */
    public long position() {
        return position;
    }

    /** The number of the next record among those of all partitions. */
    public long sequence() {
        return Feed.sequence(index, position);
    }

    /** Event time of the next record. */
    public long millis() {
        return position / recordsPerMilli;
    }

    /** The next record is emitted. */
    public void advance() {
        position++;
    }

    /** Tells how many have been emitted: at the end of a batch, and before it reads that nothing is available. */
    public void count() {
        Feed.emitted(index, position);
    }

    /** Event time of the first record of the window after the one that the next record is in. */
    public long windowEndMillis() {
        long length = workload.windowMillis();
        return (millis() / length + 1) * length;
    }
}
