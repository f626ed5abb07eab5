package dev.gyre.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Services with Raft groups in them, under all faults; the oracle looks at all that they are told. A failure begins with the line that
 * replays it.
 */
class RaftServiceSimulationTest {
    private static final long SEED = Long.getLong("raft.service.seed", 1);
    private static final int SEEDS = Integer.getInteger("raft.service.seeds", 300);

    /** How often each must have happened, on average over the runs, for these to prove anything. */
    private static final Map<String, Double> EXPECTED = Map.ofEntries(
            Map.entry("committed", 100.0),
            Map.entry("reads", 80.0),
            Map.entry("role LEADER", 3.0),
            Map.entry("lives", 5.0),
            Map.entry("forwarded in last lives", 50.0),
            Map.entry("restored at a start or by a new node", 2.0),
            Map.entry("restored from a leader", 2.0),
            Map.entry("snapshots taken in last lives", 10.0),
            Map.entry("change Ok", 0.3),
            Map.entry("transfer Ok", 0.3),
            Map.entry("failed: another leader's log prevailed", 0.5),
            Map.entry("failed: no leader was found within # ms", 5.0),
            Map.entry("failed: leadership is being handed over", 1.0),
            Map.entry("unknown: not known to be committed within # ms", 10.0),
            Map.entry("unknown: a snapshot came in place of the log", 0.1));

    @Test
    void everyHostIsToldTheSameAndServedAgainOnceFaultsEnd() {
        TreeMap<String, Long> counts = new TreeMap<>();
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            var run = new ServiceRun(seed);
            try {
                run.run();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "mvn test -pl raft -am -Dtest=RaftServiceSimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Draft.service.seed=" + seed + " -Draft.service.seeds=1\n" + run.plan() + "\n"
                                + failure.getMessage(),
                        failure);
            }
            run.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
        }
        if (SEEDS >= 100) {
            EXPECTED.forEach((what, share) ->
                    assertThat(counts.getOrDefault(what, 0L)).as(what).isGreaterThan((long) (share * SEEDS)));
        }
    }

    @Test
    void sameSeedTakesTheSameSteps() {
        for (long seed = SEED; seed < SEED + 3; seed++) {
            assertThat(new ServiceRun(seed).run().hash())
                    .isEqualTo(new ServiceRun(seed).run().hash());
        }
    }
}
