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

    /** Snapshots in the nodes' own logs: by messages in order, and over links. */
    private static final int RAFT_SEEDS = Integer.getInteger("job.seeds", 30);

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

    @Test
    void outputIsExactWithSnapshotsThroughRaft() {
        sweep(JobRun.Kind.DIRECT.onRaft(), RAFT_SEEDS, "outputIsExactWithSnapshotsThroughRaft");
        sweep(JobRun.Kind.LINKED.onRaft(), RAFT_SEEDS, "outputIsExactWithSnapshotsThroughRaft");
    }
}
