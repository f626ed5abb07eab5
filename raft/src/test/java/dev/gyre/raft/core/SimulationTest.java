package dev.gyre.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random runs of whole clusters under faults; the oracle looks at every step. A failure names its seed: run that alone with
 * {@code -Draft.seed=S -Draft.seeds=1}, and the last steps are printed.
 */
class SimulationTest {
    private static final long SEED = Long.getLong("raft.seed", 1);
    private static final int SEEDS = Integer.getInteger("raft.seeds", 300);

    @Test
    void everyRunIsSafeAndServesAgainOnceFaultsEnd() {
        long committed = 0;
        long reads = 0;
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            var cluster = new Cluster(seed, SEEDS == 1);
            try {
                run(cluster);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "-Draft.seed=" + seed + " -Draft.seeds=1 (" + cluster.plan() + "): " + failure.getMessage() + "\n"
                                + cluster.traced(),
                        failure);
            }
            committed += cluster.oracle().dataCommitted();
            reads += cluster.oracle().readsServed();
        }
        // Runs in which nothing happens would all be safe.
        assertThat(committed).isGreaterThan(20L * SEEDS);
        assertThat(reads).isGreaterThan(5L * SEEDS);
    }

    private static void run(Cluster cluster) {
        cluster.chaos();
        cluster.heal();
        cluster.runUntil(cluster.now() + 4_000 * Plan.MILLI);
        long before = cluster.oracle().dataCommitted();
        cluster.proposeEverywhere();
        cluster.nodes().forEach(SimulatedNode::read);
        cluster.runUntil(cluster.now() + 2_000 * Plan.MILLI);
        assertThat(cluster.oracle().dataCommitted())
                .as("committed after the faults")
                .isGreaterThan(before);
        requireConvergence(cluster);
    }

    private static void requireConvergence(Cluster cluster) {
        var leader = cluster.nodes().stream()
                .map(SimulatedNode::core)
                .filter(core -> core != null && core.status().leadership().role() == RoleName.LEADER)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no leader"));
        assertThat(leader == null ? null : leader.status().membership().isJoint()).isEqualTo(false);
        List<String> members = leader == null ? List.of() : leader.status().membership().all();
        for (var node : cluster.nodes()) {
            if (members.contains(node.id())) {
                assertThat(node.appliedIndex()).as(node.id()).isEqualTo(cluster.oracle().commitIndex());
                assertThat(node.hasOpenRequests()).as(node.openRequests()).isFalse();
            }
        }
    }
}
