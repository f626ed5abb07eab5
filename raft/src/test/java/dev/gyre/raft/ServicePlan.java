package dev.gyre.raft;

import dev.gyre.core.simulation.FaultKind;
import dev.gyre.raft.core.Compaction;
import dev.gyre.raft.core.Limits;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.RaftSettings;
import dev.gyre.raft.core.Timing;
import dev.gyre.raft.storage.EntryCodec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What one run is like, drawn from its seed; the faults are drawn by the simulation.
 *
 * @param groups their names; one alone is embedded as {@link RaftService}, several by {@link RaftGroups}
 */
record ServicePlan(
        Kind kind,
        List<String> groups,
        boolean isForwarded,
        boolean isJson,
        Duration proposalTimeout,
        int waitingMax,
        int valueBytesMax,
        int burstMax,
        int segmentBytes,
        int latencyMillis) {
    /** What a run is about, beside what all are. */
    enum Kind {
        /** Now and then another leader. */
        PLAIN,
        /** Members change. */
        CHURN,
        /** Leadership goes to and fro, so that what is late finds its receiver leading a later term. */
        RESTLESS,
        /** So does it, links are slow in turn and double half of what they carry, and leaders crash and are back at once: copies come lives late. */
        LATE,
        /** More entries at once than a node hands on in a round. */
        FLOOD,
        /** Without faults, and nobody changes leaders: then nothing is unknown. */
        CALM
    }

    /** Of so many runs, so many are of a kind. */
    private static final Map<Kind, Integer> SHARES = new EnumMap<>(
            Map.of(Kind.PLAIN, 6, Kind.CHURN, 7, Kind.RESTLESS, 4, Kind.LATE, 4, Kind.FLOOD, 1, Kind.CALM, 2));

    private static final List<String> NAMES = List.of("a", "a-b", "b");
    private static final long SNAPSHOT_AFTER_BYTES = 900;
    private static final long RETAINED_BYTES = 300;

    /** More than a round has. */
    static final int FLOOD = 5_000;

    /** A log with more than this in it, when all is quiet, is not cut as it should be. */
    long logBytesMax() {
        return 2 * snapshotAfterBytes() + retainedBytes();
    }

    /** A flood of small snapshots would make rounds end with each of them. */
    private long snapshotAfterBytes() {
        return kind == Kind.FLOOD ? 1_000 * SNAPSHOT_AFTER_BYTES : SNAPSHOT_AFTER_BYTES;
    }

    /** Without faults enough that nobody needs a snapshot: whose proposals are in it does not learn their fate. */
    private long retainedBytes() {
        return kind == Kind.CALM ? 1_000 * RETAINED_BYTES : RETAINED_BYTES;
    }

    static ServicePlan draw(long seed) {
        var random = new SplittableRandom(seed);
        var kind = kind(random);
        // What is late under load alone must not pass for lost.
        boolean isCalm = kind == Kind.CALM;
        return new ServicePlan(
                kind,
                NAMES.subList(0, Math.max(1, random.nextInt(5) - 1)),
                random.nextInt(8) != 0,
                random.nextBoolean(),
                Duration.ofMillis((isCalm ? 1_000 : 300) + random.nextInt(1_200)),
                kind == Kind.FLOOD ? 4 * FLOOD : random.nextInt(4) == 0 ? 8 : 1_000,
                random.nextInt(60),
                1 + random.nextInt(12),
                200 + random.nextInt(3_000),
                1 + random.nextInt(isCalm ? 6 : 12));
    }

    private static Kind kind(SplittableRandom random) {
        int all = SHARES.values().stream().mapToInt(share -> share).sum();
        int drawn = random.nextInt(all);
        for (var share : SHARES.entrySet()) {
            drawn -= share.getValue();
            if (drawn < 0) {
                return share.getKey();
            }
        }
        throw new IllegalStateException("shares are " + SHARES);
    }

    int nodes() {
        return kind == Kind.CHURN ? 4 : 3;
    }

    Set<FaultKind> faults() {
        var faults = kind == Kind.CALM ? EnumSet.noneOf(FaultKind.class) : EnumSet.copyOf(FaultKind.USUAL);
        if (kind == Kind.LATE) {
            faults.removeAll(
                    EnumSet.of(FaultKind.DUPLICATION, FaultKind.SLOW_LINK)); // the run brings them about itself
        }
        return faults;
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
                kind == Kind.FLOOD
                        ? new Limits(120, 1 << 20, 4, 1 << 20, 1 << 20, 50)
                        : new Limits(120, 300, 4, 500, 4_000, 50),
                new Compaction(snapshotAfterBytes(), retainedBytes(), 16),
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
