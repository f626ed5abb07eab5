package dev.gyre.core.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The kinds of faults that a swarm chooses from. */
public enum FaultKind {
    /** Groups of nodes that do not hear each other. */
    PARTITION,
    /** A node that does not hear another. */
    ONE_WAY_CUT,
    /** A link that is slow in one direction. */
    SLOW_LINK,
    /** A link that holds up messages in one direction. */
    CLOGGED_LINK,
    /** Messages that are lost. */
    LOSS,
    /** Messages that arrive twice. */
    DUPLICATION,
    /** Nodes that end without a word, and start again. */
    CRASH,
    /** Nodes that stand still for a while. */
    PAUSE,
    /** Clocks that jump and drift. */
    CLOCK,
    /** Disks whose syncs take long. */
    SLOW_DISK,
    /** Disks on which nothing more fits. What a node makes of it is its own affair; at last it is started again. */
    FULL_DISK,
    /** Disks that fail to sync. A node ends of it, and is started again. */
    FAILED_SYNC,
    /** Bits that flip on disks. No service survives this on all of its nodes, so it strikes one of them in a run. */
    FLIPPED_BIT;

    /** All kinds but flipped bits: what every service should survive that keeps what matters on disk. */
    public static final Set<FaultKind> USUAL =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(FLIPPED_BIT)));

    /** No kind that ends a node: what a service can survive that keeps nothing on disk. */
    public static final Set<FaultKind> WITHOUT_CRASHES =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(CRASH, FULL_DISK, FAILED_SYNC, FLIPPED_BIT)));

    /** A fault strikes about this many times in a run in which its kind takes part. */
    private static final int STRIKES = 6;

    /**
     * A plan drawn from a seed. Not every run has every kind: each takes part in half of them, so that no fault hides behind
     * another that strikes more often. A run of one node has none that need two.
     *
     * @param kinds the kinds to choose from
     * @param nodes the ids of the nodes
     * @param chaos how long faults go on
     */
    public static FaultPlan swarm(Set<FaultKind> kinds, List<String> nodes, Duration chaos, RandomStreams streams) {
        var steps = new ArrayList<FaultPlan.Step>();
        for (var kind : values()) {
            var random = streams.fork("swarm " + kind);
            if (kinds.contains(kind) && random.nextBoolean() && !(nodes.size() < 2 && kind.needsTwo())) {
                kind.strike(nodes, chaos.toNanos(), random, steps);
            }
        }
        return new FaultPlan(steps);
    }

    private boolean needsTwo() {
        return this == PARTITION || this == ONE_WAY_CUT || this == SLOW_LINK || this == CLOGGED_LINK;
    }

    private void strike(List<String> nodes, long chaosNanos, RandomGenerator random, List<FaultPlan.Step> steps) {
        long pause = Math.max(1, chaosNanos / STRIKES);
        // Bounds the number of strikes whatever chance decides, also when it always decides for 0.
        long least = Math.max(1, pause / 10);
        long at = random.nextLong(pause);
        var victims = shuffled(nodes, random);
        while (at < chaosNanos) {
            long until = at + least + random.nextLong(pause);
            var pair = this == FLIPPED_BIT ? victims : shuffled(nodes, random);
            add(steps, at, fault(pair, random));
            mend(pair).forEach(mend -> add(steps, until, mend));
            at = until + least + random.nextLong(pause);
        }
    }

    private static void add(List<FaultPlan.Step> steps, long atNanos, Fault fault) {
        steps.add(new FaultPlan.Step(Duration.ofNanos(atNanos), fault));
    }

    private Fault fault(List<String> shuffled, RandomGenerator random) {
        var first = shuffled.get(0);
        return switch (this) {
            case PARTITION -> {
                int size = 1 + random.nextInt(shuffled.size() - 1);
                yield new Fault.Partition(List.of(shuffled.subList(0, size), shuffled.subList(size, shuffled.size())));
            }
            case ONE_WAY_CUT -> new Fault.OneWayCut(first, shuffled.get(1));
            case SLOW_LINK -> new Fault.SlowLink(first, shuffled.get(1), 2 + random.nextInt(50));
            case CLOGGED_LINK -> new Fault.ClogLink(first, shuffled.get(1));
            case LOSS -> new Fault.Loss(random.nextDouble() * 0.3);
            case DUPLICATION -> new Fault.Duplication(random.nextDouble() * 0.3);
            case CRASH -> new Fault.Crash(first);
            case PAUSE -> new Fault.Pause(first);
            case CLOCK ->
                new Fault.Clock(first, Duration.ofMillis(random.nextInt(5_000)), 0.95 + random.nextDouble() * 0.1);
            case SLOW_DISK -> new Fault.SlowDisk(first, StrictMath.pow(10, 1 + random.nextDouble() * 3));
            case FULL_DISK -> new Fault.FullDisk(first);
            case FAILED_SYNC -> new Fault.FailingDisk(first);
            case FLIPPED_BIT -> new Fault.FlippedBit(first, random.nextDouble());
        };
    }

    private List<Fault> mend(List<String> shuffled) {
        var first = shuffled.get(0);
        return switch (this) {
            case PARTITION -> List.of(new Fault.HealPartition());
            case ONE_WAY_CUT -> List.of(new Fault.HealOneWayCut(first, shuffled.get(1)));
            case SLOW_LINK -> List.of(new Fault.SlowLink(first, shuffled.get(1), 1));
            case CLOGGED_LINK -> List.of(new Fault.UnclogLink(first, shuffled.get(1)));
            case LOSS -> List.of(new Fault.Loss(0));
            case DUPLICATION -> List.of(new Fault.Duplication(0));
            case CRASH -> List.of(new Fault.Restart(first));
            case PAUSE -> List.of(new Fault.Resume(first));
            case SLOW_DISK -> List.of(new Fault.MendDisk(first));
            case FULL_DISK, FAILED_SYNC -> List.of(new Fault.MendDisk(first), new Fault.Restart(first));
            case CLOCK, FLIPPED_BIT -> List.of();
        };
    }

    private static List<String> shuffled(List<String> nodes, RandomGenerator random) {
        var result = new ArrayList<>(nodes);
        for (int i = result.size() - 1; i > 0; i--) {
            Collections.swap(result, i, random.nextInt(i + 1));
        }
        return result;
    }
}
