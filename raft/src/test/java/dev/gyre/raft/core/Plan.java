package dev.gyre.raft.core;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * What one simulated run is like; drawn from its seed, so that some runs lose messages and others do not, some crash and others do not.
 *
 * @param churn whether members are added and removed
 * @param chaosMillis how long faults strike
 */
record Plan(
        int nodes,
        double loss,
        double duplication,
        int maxDelayMillis,
        int maxDiskMillis,
        boolean crashes,
        boolean partitions,
        boolean churn,
        boolean leases,
        int chaosMillis) {
    static final long MILLI = 1_000_000L;

    /** Clocks run apart by up to this share when there are leases. */
    static final double DRIFT = 0.05;

    static Plan draw(RandomGenerator random) {
        return new Plan(
                1 + random.nextInt(5),
                random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.2,
                random.nextInt(2) == 0 ? 0 : random.nextDouble() * 0.2,
                1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 20),
                1 + random.nextInt(random.nextInt(4) == 0 ? 100 : 10),
                random.nextInt(4) != 0,
                random.nextInt(4) != 0,
                random.nextInt(2) == 0,
                random.nextInt(3) == 0,
                2_000 + random.nextInt(3_000));
    }

    /** Small limits, so that windows fill, logs are cut, and snapshots take several chunks. */
    RaftSettings settings(int priority) {
        var timing = Timing.of(Duration.ofMillis(150), Duration.ofMillis(300), Duration.ofMillis(40));
        timing = new Timing(
                timing.electionTimeoutMinNanos(),
                timing.electionTimeoutMaxNanos(),
                timing.heartbeatIntervalNanos(),
                Duration.ofSeconds(2).toNanos(),
                priority);
        return new RaftSettings(
                timing,
                new Limits(100, 200, 4, 500, 4_000, 50),
                new Compaction(1_200, 400, 16),
                leases ? OptionalDouble.of(2 * DRIFT) : OptionalDouble.empty());
    }
}
