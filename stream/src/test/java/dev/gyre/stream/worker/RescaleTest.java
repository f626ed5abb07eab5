package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The hand-over of key groups under any order of events: nothing is lost, doubled, reordered, left behind, or behind its time. */
class RescaleTest {
    private static final long SEED = Long.getLong("rescale.seed", 1);
    private static final int SEEDS = Integer.getInteger("rescale.seeds", 2000);

    @Test
    void totalsOrderAndTimeSurviveAnyRescale() {
        assertThat(RescaleRun.firstFailure(SEED, SEEDS))
                .as("mvn test -pl stream -am -Dtest=RescaleTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Drescale.seed=SEED -Drescale.seeds=1")
                .isEmpty();
    }
}
