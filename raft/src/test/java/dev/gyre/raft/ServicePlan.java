package dev.gyre.raft;

import dev.gyre.core.simulation.FaultKind;
import dev.gyre.raft.core.Compaction;
import dev.gyre.raft.core.Limits;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.RaftSettings;
import dev.gyre.raft.core.Timing;
import dev.gyre.raft.storage.EntryCodec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What one run is like, drawn from its seed; the faults are drawn by the simulation.
 *
 * @param groups their names; one alone is embedded as {@link RaftService}, several by {@link RaftGroups}
 * @param churn whether members change
 * @param isCalm without faults, and nobody changes leaders: then nothing is unknown
 * @param isRestless whether leadership goes to and fro, so that what is late finds its receiver leading a later term
 */
record ServicePlan(
        int nodes,
        List<String> groups,
        boolean churn,
        boolean isForwarded,
        boolean isJson,
        Duration proposalTimeout,
        int waitingMax,
        int valueBytesMax,
        int burstMax,
        int segmentBytes,
        int latencyMillis,
        boolean isCalm,
        boolean isRestless) {
    private static final List<String> NAMES = List.of("a", "a-b", "b");
    private static final long SNAPSHOT_AFTER_BYTES = 900;
    private static final long RETAINED_BYTES = 300;

    /** A log with more than this in it, when all is quiet, is not cut as it should be. */
    long logBytesMax() {
        return 2 * SNAPSHOT_AFTER_BYTES + retainedBytes();
    }

    /** Without faults enough that nobody needs a snapshot: whose proposals are in it does not learn their fate. */
    private long retainedBytes() {
        return isCalm ? 1_000 * RETAINED_BYTES : RETAINED_BYTES;
    }

    static ServicePlan draw(long seed) {
        var random = new SplittableRandom(seed);
        boolean isCalm = random.nextInt(12) == 0;
        boolean isRestless = !isCalm && random.nextInt(3) == 0;
        boolean churn = !isCalm && !isRestless && random.nextBoolean();
        return new ServicePlan(
                churn ? 4 : 3,
                NAMES.subList(0, Math.max(1, random.nextInt(5) - 1)),
                churn,
                random.nextInt(8) != 0,
                random.nextBoolean(),
                Duration.ofMillis(300 + random.nextInt(1_200)),
                random.nextInt(4) == 0 ? 8 : 1_000,
                random.nextInt(60),
                1 + random.nextInt(12),
                200 + random.nextInt(3_000),
                1 + random.nextInt(12),
                isCalm,
                isRestless);
    }

    Set<FaultKind> faults() {
        return isCalm ? EnumSet.noneOf(FaultKind.class) : EnumSet.copyOf(FaultKind.USUAL);
    }

    /** Those that the cluster begins with: of four nodes, one waits to be added. */
    List<String> firstMembers(List<String> nodeIds) {
        return nodeIds.subList(0, 3);
    }

    /** Small limits: windows fill, logs are cut, snapshots take several chunks, a hanging disk is noticed. */
    RaftOptions<HostValue.HostPut> options(String group, String node, List<String> nodeIds) {
        var first = firstMembers(nodeIds);
        var timing = new Timing(
                Duration.ofMillis(150).toNanos(),
                Duration.ofMillis(300).toNanos(),
                Duration.ofMillis(40).toNanos(),
                Duration.ofSeconds(2).toNanos(),
                0);
        var settings = new RaftSettings(
                timing,
                new Limits(120, 300, 4, 500, 4_000, 50),
                new Compaction(SNAPSHOT_AFTER_BYTES, retainedBytes(), 16),
                OptionalDouble.empty());
        EntryCodec<HostValue.HostPut> codec = isJson ? EntryCodec.json(HostValue.HostPut.class) : HostValue.BINARY;
        return new RaftOptions<>(
                group,
                codec,
                Optional.of(first.contains(node) ? Membership.of(first) : Membership.NONE),
                settings,
                new RaftOptions.Proposing(proposalTimeout, waitingMax, isForwarded),
                new RaftOptions.Durability(true, segmentBytes, Duration.ofMillis(400)));
    }
}
