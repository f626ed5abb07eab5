package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.simulation.FaultKind;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A whole job in simulation: see {@link JobRun}. */
class JobSimulationTest {
    private static final long SEED = Long.getLong("job.seed", 1);
    private static final int SEEDS = Integer.getInteger("job.seeds", 100);

    private static void sweep(Set<FaultKind> faults, int seeds) {
        assertThat(JobRun.firstFailure(faults, SEED, seeds))
                .as("mvn test -pl stream -am -Dtest=JobSimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Djob.seed=SEED -Djob.seeds=1")
                .isEmpty();
    }

    @Test
    void outputIsExactWithoutFaults() {
        sweep(EnumSet.noneOf(FaultKind.class), Math.min(SEEDS, 5));
    }

    @Test
    void outputIsExactWhateverCrashes() {
        sweep(EnumSet.of(FaultKind.CRASH, FaultKind.PAUSE), SEEDS);
    }
}
