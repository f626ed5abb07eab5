package dev.gyre.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random runs of whole clusters under faults; the oracle looks at every step. A failure names its seed: run that alone with
 * {@code -Draft.seed=S -Draft.seeds=1}, and the last steps are printed.
 */
class SimulationTest {
    private static final long SEED = Long.getLong("raft.seed", 1);
    private static final int SEEDS = Integer.getInteger("raft.seeds", 150);

    /** How often each must have happened, on average over the runs, for these to prove anything. */
    private static final Map<String, Double> EXPECTED = new TreeMap<>(Map.of(
            "committed Data", 10.0,
            "reads", 20.0,
            "leaders", 2.0,
            "committed Configuration", 1.0,
            "snapshots installed", 0.5,
            "handed over", 0.5,
            "appends refused", 0.5,
            "ProposalsLost", 0.05));

    @Test
    void everyRunIsSafeAndServesAgainOnceFaultsEnd() {
        TreeMap<String, Long> counts = new TreeMap<>();
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            var cluster = new Cluster(seed, SEEDS == 1);
            try {
                Sweep.run(cluster);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "-Draft.seed=" + seed + " -Draft.seeds=1 (" + cluster.plan() + "): " + failure.getMessage()
                                + "\n" + cluster.traced(),
                        failure);
            }
            cluster.oracle().counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
        }
        if (SEEDS > 1) {
            EXPECTED.forEach((what, share) ->
                    assertThat(counts.getOrDefault(what, 0L)).as(what).isGreaterThan((long) (share * SEEDS)));
        }
    }

    @Test
    void sameSeedTakesTheSameSteps() {
        for (long seed = SEED; seed < SEED + 5; seed++) {
            assertThat(traceOf(seed)).isEqualTo(traceOf(seed));
        }
    }

    private static String traceOf(long seed) {
        var cluster = new Cluster(seed, true);
        Sweep.run(cluster);
        return cluster.traced();
    }
}
