package dev.gyre.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Runs of simulated clusters: first faults, then none, and then it must serve. */
final class Sweep {
    private Sweep() {}

    /** The first seed of {@code 1} to {@code seeds} that fails, and why; empty if none does. */
    static String firstFailure(int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                run(new Cluster(seed, false));
            } catch (RuntimeException | AssertionError failure) {
                String why =
                        String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
                return "seed " + seed + ": " + (why.isEmpty() ? failure.toString() : why);
            }
        }
        return "";
    }

    static void run(Cluster cluster) {
        cluster.chaos();
        cluster.heal();
        cluster.runUntil(cluster.now() + 3_000 * Plan.MILLI);
        long before = cluster.oracle().dataCommitted();
        cluster.proposeEverywhere();
        cluster.nodes().forEach(SimulatedNode::read);
        cluster.runUntil(cluster.now() + 1_000 * Plan.MILLI);
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
        assertThat(leader == null ? null : leader.status().membership().isJoint())
                .isEqualTo(false);
        List<String> members =
                leader == null ? List.of() : leader.status().membership().all();
        for (var node : cluster.nodes()) {
            if (members.contains(node.id())) {
                assertThat(node.appliedIndex())
                        .as(node.id())
                        .isEqualTo(cluster.oracle().commitIndex());
                assertThat(node.hasOpenRequests()).as(node.openRequests()).isFalse();
            }
        }
    }
}
