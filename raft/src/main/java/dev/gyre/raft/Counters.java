package dev.gyre.raft;

/** What a group counts; see {@link RaftStatus.Counts}. */
final class Counters {
    long elections;
    long leaderships;
    long proposals;
    long forwarded;
    long applied;
    long syncs;
    long syncNanosMax;
    long snapshotsTaken;
    long snapshotsRestored;

    RaftStatus.Counts read() {
        return new RaftStatus.Counts(
                elections,
                leaderships,
                proposals,
                forwarded,
                applied,
                syncs,
                syncNanosMax,
                snapshotsTaken,
                snapshotsRestored);
    }
}
