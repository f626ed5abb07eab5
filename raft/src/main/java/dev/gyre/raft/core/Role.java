package dev.gyre.raft.core;

import java.util.List;
import java.util.Optional;

/**
 * What a node does in one role. Messages that reach a role are of the current term; those that it has no method for are late, and
 * change nothing.
 */
abstract sealed class Role<E> permits Follower, PreCandidate, Candidate, Leader {
    final Node<E> node;

    Role(Node<E> node) {
        this.node = node;
    }

    abstract RoleName name();

    /** When {@link #deadlineReached} is next due. */
    abstract long deadlineNanos();

    abstract void deadlineReached();

    /** Does what has become possible; the last thing in each step, repeated while it changes the role. */
    void advance() {}

    /** The role ends, and the term is still the old one. */
    void leave() {}

    Optional<String> leader() {
        return Optional.empty();
    }

    /** What is being sent; the log behind it is still needed. */
    List<Snapshot> snapshotsInUse() {
        return List.of();
    }

    Answer propose(List<E> values) {
        return new Answer.NotLeader(leader());
    }

    Answer transferLeadership(String target) {
        return new Answer.NotLeader(leader());
    }

    Answer changeMembership(Membership target) {
        return new Answer.NotLeader(leader());
    }

    void read(long ticket) {
        node.output().read(new ReadOutcome.Failed(ticket, "no leader is known"));
    }

    void storageStalled() {}

    void preVoteReply(Message.PreVoteReply<E> reply) {}

    void voteReply(Message.VoteReply<E> reply) {}

    void appendEntries(Message.AppendEntries<E> append) {}

    void appendAck(Message.AppendAck<E> ack) {}

    void appendReject(Message.AppendReject<E> reject) {}

    void heartbeat(Message.Heartbeat<E> heartbeat) {}

    void heartbeatAck(Message.HeartbeatAck<E> ack) {}

    void installSnapshot(Message.InstallSnapshot<E> install) {}

    void installSnapshotAck(Message.InstallSnapshotAck<E> ack) {}

    void timeoutNow(Message.TimeoutNow<E> request) {}

    void requestReadIndex(Message.RequestReadIndex<E> request) {}

    void readIndexReply(Message.ReadIndexReply<E> reply) {}
}
