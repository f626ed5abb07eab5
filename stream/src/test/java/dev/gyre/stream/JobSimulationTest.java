package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.simulation.FaultKind;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** A whole job in simulation: see {@link JobRun}. */
class JobSimulationTest {
    private static final long SEED = Long.getLong("job.seed", 1);
    private static final int SEEDS = Integer.getInteger("job.seeds", 100);
    /** Over links more can go wrong. */
    private static final int LINKED_SEEDS = Integer.getInteger("job.seeds", 300);

    private static void sweep(JobRun.Kind kind, int seeds, String test) {
        assertThat(JobRun.firstFailure(kind, SEED, seeds))
                .as("mvn test -pl stream -am -Dtest='JobSimulationTest#" + test
                        + "' -Dsurefire.failIfNoSpecifiedTests=false -Djob.seed=SEED -Djob.seeds=1")
                .isEmpty();
    }

    @Test
    void outputIsExactWithoutFaults() {
        var none = EnumSet.noneOf(FaultKind.class);
        sweep(JobRun.Kind.DIRECT.with(none), Math.min(SEEDS, 5), "outputIsExactWithoutFaults");
        sweep(JobRun.Kind.LINKED.with(none), Math.min(SEEDS, 5), "outputIsExactWithoutFaults");
    }

    @Test
    void outputIsExactWhateverCrashes() {
        sweep(JobRun.Kind.DIRECT, SEEDS, "outputIsExactWhateverCrashes");
    }

    @Test
    void outputIsExactOverLinksWhateverStrikes() {
        sweep(JobRun.Kind.LINKED, LINKED_SEEDS, "outputIsExactOverLinksWhateverStrikes");
    }
}
