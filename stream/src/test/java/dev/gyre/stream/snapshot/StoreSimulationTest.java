package dev.gyre.stream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Replicated snapshots under all faults: see {@link StoreRun}. A failure begins with the line that replays it. */
class StoreSimulationTest {
    private static final long SEED = Long.getLong("store.seed", 1);
    private static final int SEEDS = Integer.getInteger("store.seeds", 60);

    /** How often each must have happened, on average over the runs, for these to prove anything. */
    private static final Map<String, Double> EXPECTED = Map.of(
            "lives", 6.0,
            "put ok", 20.0,
            "put refused by the bound", 30.0,
            "put unknown: not known to be committed within # ms", 8.0,
            "abandoned", 5.0,
            "read", 60.0,
            "read nothing", 40.0,
            "listed", 8.0,
            "delete ok", 100.0);

    @Test
    void whatWasPromisedIsThereAndNothingElse() {
        TreeMap<String, Long> counts = new TreeMap<>();
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            var run = new StoreRun(seed);
            try {
                run.run();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "mvn test -pl stream -am -Dtest=StoreSimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dstore.seed=" + seed + " -Dstore.seeds=1\n" + failure.getMessage(),
                        failure);
            }
            run.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
        }
        if (SEEDS >= 50) {
            EXPECTED.forEach((what, share) ->
                    assertThat(counts.getOrDefault(what, 0L)).as(what).isGreaterThan((long) (share * SEEDS)));
        }
    }
}
