package dev.gyre.raft.core;

import java.util.List;

/** What happens to a node. */
public sealed interface Input<E> {
    /** A message came. */
    record Received<E>(Message<E> message) implements Input<E> {}

    /** Time has passed. Needed once {@link RaftCore#nextDeadlineNanos} is reached; before that it does nothing. */
    record Tick<E>() implements Input<E> {}

    /** Replicate these values, all or none. Answered by {@link Answer}. */
    record Propose<E>(List<E> values) implements Input<E> {}

    /**
     * A read is to see all that was committed before now. Its outcome is a {@link ReadOutcome}, in this step or later; exactly one.
     *
     * @param ticket names the read to the host, which may let many reads share one
     */
    record Read<E>(long ticket) implements Input<E> {}

    /** All writes up to this token are durable. */
    record Persisted<E>(long token) implements Input<E> {}

    /** Hand leadership to another voter (thesis §3.10). Answered by {@link Answer}; that it failed is told by a notice. */
    record TransferLeadership<E>(String target) implements Input<E> {}

    /**
     * Change who takes part (thesis §4). Answered by {@link Answer}; that it is complete, or given up, is told by a notice.
     *
     * @param target not joint, with at least one voter
     */
    record ChangeMembership<E>(Membership target) implements Input<E> {}

    /**
     * The host has made a snapshot of what it has applied: durably, and after all writes that came before its last entry was given out.
     * The core drops entries that it covers; one that is not newer than the latest changes nothing.
     *
     * @param snapshot as {@link RaftCore#snapshotAt} described it, with its content
     */
    record SnapshotTaken<E>(Snapshot snapshot) implements Input<E> {}

    /**
     * A write is taking longer than the host finds bearable. A leader lets another lead, and this node does not lead until a write has
     * completed. Changes nothing if no write is under way.
     */
    record StorageStalled<E>() implements Input<E> {}
}
