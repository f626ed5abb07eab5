package dev.gyre.raft;

import dev.gyre.raft.core.Status;

/**
 * A group at one node at one moment, for operators.
 *
 * @param core role, term, indices, members and how far they are
 * @param appliedIndex the last entry that was handed to the service around
 * @param openProposals proposed here, and neither committed nor given up
 * @param waitingReads asked here, and not yet served
 * @param isDurable whether the log is kept on the node's storage
 * @param counts what has happened since the start
 */
public record RaftStatus(
        Status core, long appliedIndex, int openProposals, int waitingReads, boolean isDurable, Counts counts) {
    /**
     * What has happened since the start.
     *
     * @param elections this node has begun
     * @param leaderships of this node
     * @param proposals made here
     * @param forwarded of them, to a leader elsewhere
     * @param applied entries handed to the service around
     * @param syncs of the log; each makes one batch durable, whatever its size
     * @param syncNanosMax the longest of them
     * @param snapshotsTaken of the state here
     * @param snapshotsRestored from the disk or a leader
     */
    public record Counts(
            long elections,
            long leaderships,
            long proposals,
            long forwarded,
            long applied,
            long syncs,
            long syncNanosMax,
            long snapshotsTaken,
            long snapshotsRestored) {}
}
