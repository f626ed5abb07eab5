package dev.gyre.raft;

import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.RaftSettings;
import dev.gyre.raft.storage.EntryCodec;
import dev.gyre.raft.storage.RaftLogSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * How a group is run. The same at all nodes of the group, but for {@code members} of one that joins.
 *
 * @param group its name: 1 to 64 letters, digits, {@code _} and {@code -}; files and messages bear it
 * @param codec the values as bytes
 * @param members who takes part when the group begins; absent: all nodes of the cluster. {@link Membership#NONE} for a node that will be added.
 *     Of no matter once there is a log
 * @param settings of the core: times, limits, compaction
 * @param proposals how they are treated
 * @param durability whether and how the log is kept
 */
public record RaftOptions<E>(
        String group,
        EntryCodec<E> codec,
        Optional<Membership> members,
        RaftSettings settings,
        Proposing proposals,
        Durability durability) {
    private static final String GROUP_PATTERN = "[A-Za-z0-9_-]{1,64}";

    /** Options that can work. */
    public RaftOptions {
        if (!group.matches(GROUP_PATTERN)) {
            throw new IllegalArgumentException(
                    "\"" + group + "\" is no name of a group: 1 to 64 letters, digits, '_' and '-'");
        }
    }

    /**
     * How proposals are treated.
     *
     * @param timeout how long one may take: to find a leader, or else it has failed; to be committed, or else its fate is unknown
     * @param waitingMax how many may be neither committed nor given up; more fail at once
     * @param isForwarded a node that does not lead hands them to the leader, once each; else they fail there
     */
    public record Proposing(Duration timeout, int waitingMax, boolean isForwarded) {
        /** Proposing that can work. */
        public Proposing {
            if (timeout.isNegative() || timeout.isZero() || waitingMax < 1) {
                throw new IllegalArgumentException(
                        "time-out " + timeout + " and waitingMax " + waitingMax + " must be above 0");
            }
        }

        /** Two seconds, several elections long; 65,536 at a time, more than a disk writes in that time one by one; forwarded. */
        public static Proposing defaults() {
            return new Proposing(Duration.ofSeconds(2), 1 << 16, true);
        }
    }

    /**
     * Whether and how the log is kept.
     *
     * @param isDurable on the node's storage, every promise synced before it is made; else in memory, where a node that restarts has forgotten
     *     its vote and must be removed and added anew
     * @param segmentBytes a file of the log that has this many bytes is followed by a new one
     * @param stallTimeout a leader whose disk takes longer than this for a sync lets another lead
     */
    public record Durability(boolean isDurable, int segmentBytes, Duration stallTimeout) {
        /** On disk, segments of 16 MiB; a disk is taken to hang after a second. */
        public static Durability defaults() {
            return new Durability(true, RaftLogSettings.DEFAULT_SEGMENT_BYTES, Duration.ofSeconds(1));
        }

        RaftLogSettings logOf(String owner, Membership bootstrap) {
            return new RaftLogSettings(
                    owner, segmentBytes, Math.min(segmentBytes, RaftLogSettings.DEFAULT_PREALLOCATED_BYTES), bootstrap);
        }
    }

    /** A durable group named {@code raft} of all nodes, whose values are the records of a sealed interface, kept as JSON. */
    public static <E> RaftOptions<E> of(Class<E> records) {
        return of(EntryCodec.json(records));
    }

    /** A durable group named {@code raft} of all nodes. */
    public static <E> RaftOptions<E> of(EntryCodec<E> codec) {
        return new RaftOptions<>(
                "raft", codec, Optional.empty(), RaftSettings.defaults(), Proposing.defaults(), Durability.defaults());
    }

    /** With another name. */
    public RaftOptions<E> named(String name) {
        return new RaftOptions<>(name, codec, members, settings, proposals, durability);
    }

    /** With these first members. */
    public RaftOptions<E> members(Membership first) {
        return new RaftOptions<>(group, codec, Optional.of(first), settings, proposals, durability);
    }

    /** With other settings of the core. */
    public RaftOptions<E> settings(RaftSettings other) {
        return new RaftOptions<>(group, codec, members, other, proposals, durability);
    }

    /** With proposals treated otherwise. */
    public RaftOptions<E> proposals(Proposing other) {
        return new RaftOptions<>(group, codec, members, settings, other, durability);
    }

    /** With the log kept otherwise. */
    public RaftOptions<E> durability(Durability other) {
        return new RaftOptions<>(group, codec, members, settings, proposals, other);
    }

    /** With the log in memory alone; see {@link Durability}. */
    public RaftOptions<E> inMemory() {
        return durability(new Durability(false, durability.segmentBytes(), durability.stallTimeout()));
    }
}
