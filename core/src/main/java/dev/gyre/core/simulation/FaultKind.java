package dev.gyre.core.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
    /** Messages that are lost. */
    LOSS,
    /** Messages that arrive twice. */
    DUPLICATION,
    /** Nodes that end without a word, and start again. */
    CRASH,
    /** Nodes that stand still for a while. */
    PAUSE,
    /** Clocks that jump and drift. */
    CLOCK;

    /** All kinds but crashes: what a service can survive that keeps nothing on disk. */
    public static final Set<FaultKind> WITHOUT_CRASHES =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(CRASH)));

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
        return this == PARTITION || this == ONE_WAY_CUT || this == SLOW_LINK;
    }

    private void strike(List<String> nodes, long chaosNanos, RandomGenerator random, List<FaultPlan.Step> steps) {
        long pause = Math.max(1, chaosNanos / STRIKES);
        long at = random.nextLong(pause);
        while (at < chaosNanos) {
            long until = at + 1 + random.nextLong(pause);
            var pair = shuffled(nodes, random);
            add(steps, at, fault(pair, random));
            mend(pair).ifPresent(mend -> add(steps, until, mend));
            at = until + random.nextLong(pause);
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
            case LOSS -> new Fault.Loss(random.nextDouble() * 0.3);
            case DUPLICATION -> new Fault.Duplication(random.nextDouble() * 0.3);
            case CRASH -> new Fault.Crash(first);
            case PAUSE -> new Fault.Pause(first);
            case CLOCK ->
                new Fault.Clock(first, Duration.ofMillis(random.nextInt(5_000)), 0.95 + random.nextDouble() * 0.1);
        };
    }

    private Optional<Fault> mend(List<String> shuffled) {
        var first = shuffled.get(0);
        return Optional.ofNullable(
                switch (this) {
                    case PARTITION, ONE_WAY_CUT, SLOW_LINK -> new Fault.HealLinks();
                    case LOSS -> new Fault.Loss(0);
                    case DUPLICATION -> new Fault.Duplication(0);
                    case CRASH -> new Fault.Restart(first);
                    case PAUSE -> new Fault.Resume(first);
                    case CLOCK -> null;
                });
    }

    private static List<String> shuffled(List<String> nodes, RandomGenerator random) {
        var result = new ArrayList<>(nodes);
        for (int i = result.size() - 1; i > 0; i--) {
            Collections.swap(result, i, random.nextInt(i + 1));
        }
        return result;
    }
}
