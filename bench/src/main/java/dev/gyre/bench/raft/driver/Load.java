package dev.gyre.bench.raft.driver;

import dev.gyre.bench.OtherProcesses;
import dev.gyre.bench.raft.Completion;
import dev.gyre.bench.raft.Group;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.AtomicHistogram;

/**
 * One client: a thread that keeps a number of operations under way. Completions, on whatever thread, count and wake it; it
 * sleeps while there is nothing to submit, since a thread that spins would take a processor from the replicas.
 */
final class Load implements AutoCloseable {
    private static final long LONGEST_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(1);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Group group;
    private final byte[] template;
    private final int outstanding;
    private final Thread thread = new Thread(this::run, "client");
    private final AtomicLong completed = new AtomicLong();
    private final LongAdder failed = new LongAdder();
    private volatile long submitted;
    private volatile boolean waits;
    private volatile boolean stopped;
    private volatile AtomicHistogram latencies = newHistogram();

    Load(Group group, int payload, int outstanding) {
        this.group = group;
        this.outstanding = outstanding;
        template = new byte[payload];
        for (int i = 0; i < payload; i++) {
            template[i] = (byte) (i * 31);
        }
        thread.start();
    }

    private static AtomicHistogram newHistogram() {
        return new AtomicHistogram(LONGEST_LATENCY_NANOS, DIGITS);
    }

    /** Lets the load run for some time, and tells how it went. */
    Window measure(Duration duration) throws InterruptedException {
        var others = new OtherProcesses();
        long failedBefore = failed.sum();
        var counted = newHistogram();
        latencies = counted;
        long from = System.nanoTime();
        Thread.sleep(duration);
        latencies = newHistogram();
        double seconds = (System.nanoTime() - from) / 1e9;
        return new Window(
                counted.getTotalCount() / seconds,
                counted.getValueAtPercentile(50) / 1e3,
                counted.getValueAtPercentile(99) / 1e3,
                failed.sum() - failedBefore,
                others.processors());
    }

    long submitted() {
        return submitted;
    }

    long failed() {
        return failed.sum();
    }

    /** Submits no more; false if what was submitted has not ended in time. */
    boolean stop(Duration patience) throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        long deadline = System.nanoTime() + patience.toNanos();
        thread.join(patience.toMillis());
        while (thread.isAlive() || completed.get() < submitted) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        long sent = 0;
        long failedSeen = 0;
        while (!stopped) {
            long free = outstanding - (sent - completed.get());
            if (free <= 0) {
                await(sent - outstanding);
                continue;
            }
            long failedNow = failed.sum();
            if (failedNow > failedSeen) {
                failedSeen = failedNow;
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
            for (; free > 0; free--) {
                submitted = ++sent;
                group.submit(value(sent), new Operation());
            }
        }
    }

    /** Sleeps until more than some have completed. */
    private void await(long thatMany) {
        waits = true;
        while (completed.get() <= thatMany && !stopped) {
            LockSupport.park(this);
        }
        waits = false;
    }

    private byte[] value(long number) {
        byte[] value = template.clone();
        LONGS.set(value, 0, number);
        return value;
    }

    private final class Operation implements Completion {
        private final long fromNanos = System.nanoTime();

        @Override
        public void done(boolean committed) {
            if (committed) {
                latencies.recordValue(Math.min(System.nanoTime() - fromNanos, LONGEST_LATENCY_NANOS));
            } else {
                failed.increment();
            }
            completed.incrementAndGet();
            if (waits) {
                LockSupport.unpark(thread);
            }
        }
    }
}
