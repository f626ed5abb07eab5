package dev.gyre.raft.core;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * What one simulated run is like; drawn from its seed, so that some runs lose messages and others do not, some crash and others do not.
 *
 * @param crashMillis between crashes or restarts; 0 for none
 * @param killsLeaders whether a leader crashes soon after it is elected, as in figure 3.7 of the thesis
 * @param maxBatchBytes small ones send entries one by one
 * @param churn whether members are added and removed
 * @param chaosMillis how long faults strike
 */
record Plan(
        int nodes,
        double loss,
        double duplication,
        int maxDelayMillis,
        int maxDiskMillis,
        int maxBatchBytes,
        int crashMillis,
        boolean killsLeaders,
        boolean partitions,
        boolean churn,
        boolean leases,
        int chaosMillis) {
    static final long MILLI = 1_000_000L;

    /** Clocks run apart by up to this share when there are leases. */
    static final double DRIFT = 0.05;

    /** One in four runs is about leaders that crash at once, one in four about leases; the others mix everything. */
    static Plan draw(RandomGenerator random) {
        int kind = random.nextInt(4);
        boolean killsLeaders = kind == 0;
        boolean leases = kind == 1;
        boolean isMixed = kind > 1;
        return new Plan(
                isMixed ? 1 + random.nextInt(5) : 3,
                random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.2,
                random.nextInt(2) == 0 ? 0 : random.nextDouble() * 0.2,
                1 + random.nextInt(isMixed && random.nextInt(4) == 0 ? 200 : 20),
                1 + random.nextInt(isMixed && random.nextInt(4) == 0 ? 100 : 10),
                killsLeaders || random.nextInt(2) == 0 ? 1 : 300,
                isMixed && random.nextInt(4) != 0 ? 100 + random.nextInt(700) : 0,
                killsLeaders,
                leases || random.nextInt(4) != 0,
                isMixed && random.nextInt(2) == 0,
                leases,
                isMixed ? 1_500 + random.nextInt(2_000) : 4_000);
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
                new Limits(100, maxBatchBytes, 4, 500, 4_000, 50),
                new Compaction(1_200, 400, 16),
                leases ? OptionalDouble.of(2 * DRIFT) : OptionalDouble.empty());
    }
}
