package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Partition;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.SpscArrayQueue;

/**
 * One of two threads, each with a partition and half of the keys. It reads a batch, keeps what is its own, sends the rest, and takes what the other has
 * sent; when the other's ring is full it goes on taking, so that two that wait for each other do not.
 */
abstract class Worker implements Callable<Boolean> {
    /** Records between two looks at the ring. */
    static final int BATCH = 1_024;

    /** Batches on their way: enough for a time slice of the other, few enough for the cache. */
    private static final int RING = 64;

    private static final long IDLE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private enum Control {
        BARRIER,
        END
    }

    protected final Partition feed;
    private final int index;
    private final Queue<Object> incoming;
    private final Queue<Object> outgoing;
    private boolean metBarrier;
    private boolean metEnd;

    /** What the two threads share. */
    static final class Link {
        private final List<Queue<Object>> rings = List.of(new SpscArrayQueue<>(RING), new SpscArrayQueue<>(RING));
        private final SnapshotClock clock = new SnapshotClock();

        SnapshotClock clock() {
            return clock;
        }
    }

    Worker(int index, Link link) {
        this.index = index;
        feed = Feed.open(index, 0);
        incoming = link.rings.get(index);
        outgoing = link.rings.get(1 - index);
    }

    /** Reads so many records; sends what is not its own. */
    protected abstract void read(int count);

    /** Takes what the other has sent. */
    protected abstract void take(Object batch);

    /** Called between batches. */
    protected void between() {}

    /** The other will send nothing more; this one has read all. */
    protected void finish() {}

    @Override
    public final Boolean call() {
        while (!feed.hasEnded()) {
            int available = feed.available(BATCH);
            if (available > 0) {
                read(available);
                feed.count();
            }
            if (!drain() && available == 0) {
                LockSupport.parkNanos(IDLE_NANOS);
            }
            between();
        }
        lastRead();
        send(Control.END);
        while (!metEnd) {
            metBarrier = false; // a snapshot that begins when it is over is never complete
            drain();
        }
        finish();
        return true;
    }

    /** The partition has ended. */
    protected void lastRead() {}

    final boolean owns(long key) {
        return (key & 1) == index;
    }

    final void send(Object batch) {
        while (!outgoing.offer(batch)) {
            if (!drain()) {
                LockSupport.parkNanos(
                        IDLE_NANOS); // where processors are taken by others, the other thread may be waiting for this
                // one
            }
        }
    }

    final boolean hasMetBarrier() {
        return metBarrier;
    }

    /** Cuts: all before is behind both barriers, nothing after is. False when the other has ended. */
    final boolean align() {
        send(Control.BARRIER);
        while (!metBarrier && !metEnd) {
            drain();
        }
        boolean isAligned = metBarrier;
        metBarrier = false;
        return isAligned;
    }

    /** Takes what is there, up to a barrier. */
    private boolean drain() {
        boolean isAny = false;
        while (!metBarrier) {
            var batch = incoming.poll();
            if (batch == null) {
                break;
            }
            isAny = true;
            switch (batch) {
                case Control.BARRIER -> metBarrier = true;
                case Control.END -> metEnd = true;
                default -> take(batch);
            }
        }
        return isAny;
    }
}
