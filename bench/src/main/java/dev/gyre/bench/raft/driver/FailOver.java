package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.Group;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a group takes no operations: from the leader's end to the first commit of an operation that was submitted after
 * it, to another leader. Asks for the leader each millisecond, so that no client's retry time-out is in the figure.
 */
final class FailOver {
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PROBE_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

    private final Group group;
    private final Job job;

    FailOver(Group group, Job job) {
        this.group = group;
        this.job = job;
    }

    /** Commits operations for a while: a group that was never used is slow for reasons of its own. */
    void warmUp() throws InterruptedException, TimeoutException {
        try (var load = new Load(group, job.cell().payload(), job.cell().outstanding())) {
            load.measure(WARM_UP);
            if (!load.stop(DRAIN_PATIENCE)) {
                throw new TimeoutException("operations before the fail-over did not end");
            }
        }
    }

    /** Stops the leader, or asks it to hand over, and tells how long it took; not a number if it cannot hand over. */
    double millis() throws InterruptedException, TimeoutException {
        int old = ContenderProcess.awaitLeader(group);
        long from = System.nanoTime();
        if (job.kind() == Job.Kind.FAIL_OVER) {
            group.stopSilently(old);
        } else if (!group.transferLeadership(old)) {
            return Double.NaN;
        }
        var committedAt = new AtomicLong();
        long probedAt = from - PROBE_AGAIN_NANOS;
        var ended = new AtomicLong();
        long probes = 0;
        while (committedAt.get() == 0) {
            long now = System.nanoTime();
            if (now - from > PATIENCE.toNanos()) {
                throw new TimeoutException("no commit within " + PATIENCE.toSeconds() + " s of the leader's end");
            }
            int leader = group.leader();
            if (leader >= 0 && leader != old && (ended.get() == probes || now - probedAt > PROBE_AGAIN_NANOS)) {
                probes++;
                probedAt = now;
                group.submit(new byte[job.cell().payload()], committed -> {
                    if (committed) {
                        committedAt.compareAndSet(0, System.nanoTime());
                    }
                    ended.incrementAndGet();
                });
            }
            Thread.sleep(1);
        }
        return (committedAt.get() - from) / 1e6;
    }
}
