package dev.gyre.raft;

import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.RoleName;
import java.util.Optional;

/**
 * What a {@link RaftService} has to tell the service around it: as signals, in the order in which it happened. A step that throws on one ends the
 * node, for an entry that is skipped would leave this node with another state than the others.
 *
 * @param <E> the values that are replicated
 */
public sealed interface RaftEvent<E> {
    /**
     * An entry is committed: apply it. Every node is told of the same entries in the same order, each once; after a restart again those behind
     * the latest snapshot. Indices rise, and those of Raft's own entries are left out.
     *
     * @param here it was proposed at this node, in this life of it, and nothing else was said of it yet: answer whoever asked
     */
    record Committed<E>(long index, long term, E entry, boolean here) implements RaftEvent<E> {}

    /** What was proposed here is not applied, and never will be: it may be proposed again. */
    record ProposalFailed<E>(E entry, String reason) implements RaftEvent<E> {}

    /**
     * Nobody can say whether what was proposed here will be applied, or has been. If it is after all, it comes as committed and not {@code
     * here}. Do not propose it again, unless applying it twice does no harm.
     */
    record ProposalUnknown<E>(E entry, String reason) implements RaftEvent<E> {}

    /** The role of this node, the term, or the leader that it knows have changed. */
    record LeaderChanged<E>(RoleName role, long term, Optional<String> leader) implements RaftEvent<E> {}

    /**
     * The log has grown: give {@link RaftService#snapshot} the state as it is now, after the entry {@code index}. It need not be at once, as long
     * as it is that state; until then the log grows on, on the disk and in memory.
     */
    record SnapshotRequested<E>(long index) implements RaftEvent<E> {}

    /**
     * Replace the state by this one: what {@link RaftService#snapshot} was given, here or at another node.
     *
     * @param index the last entry that is in it; those behind it follow as committed
     */
    // The array is the host's to keep; nobody compares these events.
    @SuppressWarnings("ArrayRecordComponent")
    record RestoreSnapshot<E>(long index, long term, byte[] state) implements RaftEvent<E> {}

    /**
     * Who takes part has changed.
     *
     * @param isSettled it is committed and no change is under way; else it may yet be rolled back
     */
    record MembershipChanged<E>(long index, Membership members, boolean isSettled) implements RaftEvent<E> {}
}
