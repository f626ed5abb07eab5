package dev.gyre.raft.core;

import dev.gyre.core.InvariantViolation;
import java.util.Optional;

/** Takes what a leader sends, and campaigns when none is heard of (thesis §3.4, §3.5). A learner is one that never campaigns. */
final class Follower<E> extends Role<E> {
    private final FollowerReads<E> reads;
    private String leader;
    private Optional<String> leaderIfKnown;
    private long electionNanos;
    /** Whether time was lost by this process itself, and the inbox has been given a chance since. */
    private boolean wasLate;

    /** @param leader empty while it is not known */
    Follower(Node<E> node, String leader) {
        super(node);
        this.leader = leader;
        this.leaderIfKnown = leader.isEmpty() ? Optional.empty() : Optional.of(leader);
        this.reads = new FollowerReads<>(node);
        this.electionNanos = node.isAlone() ? node.now() : node.now() + node.electionTimeoutNanos();
    }

    @Override
    RoleName name() {
        return RoleName.FOLLOWER;
    }

    @Override
    Optional<String> leader() {
        return leaderIfKnown;
    }

    // ---- time

    void restartTimer() {
        electionNanos = node.now() + node.electionTimeoutNanos();
        wasLate = false;
    }

    void heardFrom(String name) {
        if (!leader.isEmpty() && !leader.equals(name)) {
            throw new InvariantViolation("two leaders in term " + node.term() + ": " + leader + " and " + name);
        }
        if (leader.isEmpty()) {
            leader = name;
            leaderIfKnown = Optional.of(name);
        }
        restartTimer();
    }

    @Override
    long deadlineNanos() {
        return reads.earlier(electionNanos);
    }

    @Override
    void deadlineReached() {
        reads.failLate();
        long late = node.now() - electionNanos;
        long heartbeat = node.settings().timing().heartbeatIntervalNanos();
        if (late < 0) {
            return;
        }
        if (late > heartbeat && !wasLate) {
            // This process stood still: what the leader sent meanwhile may be in the inbox.
            electionNanos = node.now() + heartbeat;
            wasLate = true;
        } else if (node.mayCampaign()) {
            node.campaignBeforeTerm();
        } else {
            restartTimer();
        }
    }

    /** The leader chose this node to follow it; no need to ask whether anyone would mind (§3.10). */
    @Override
    void timeoutNow(Message.TimeoutNow<E> request) {
        if (node.mayCampaign()) {
            node.campaign(true);
        }
    }

    // ---- the log

    @Override
    void appendEntries(Message.AppendEntries<E> append) {
        var replica = node.replica();
        var log = replica.log();
        var previous = append.previous();
        // What is committed is the same in this log and the leader's: no need to compare it (§3.6.3).
        if (previous.index() > replica.commitIndex() && !log.has(previous)) {
            var hint = log.lastAtMost(previous.index(), previous.term());
            node.sendWhenTermDurable(
                    new Message.AppendReject<>(node.id(), leader, node.term(), previous.index(), hint));
            return;
        }
        for (var entry : append.entries()) {
            take(entry);
        }
        replica.commitTo(Math.max(replica.commitIndex(), Math.min(append.commitIndex(), append.lastIndex())));
        node.sendWhenDurable(new Message.AppendAck<>(node.id(), leader, node.term(), append.lastIndex()));
    }

    /** Appends an entry unless it is there already. A repeated or late append must not cut off what followed it (§3.5). */
    private void take(Entry<E> entry) {
        var replica = node.replica();
        var log = replica.log();
        if (entry.index() <= replica.commitIndex()) {
            return;
        }
        if (log.knows(entry.index())) {
            if (log.termAt(entry.index()) == entry.term()) {
                return;
            }
            replica.truncateFrom(entry.index());
        }
        replica.append(entry);
    }

    @Override
    void heartbeat(Message.Heartbeat<E> heartbeat) {
        node.replica().commitTo(Math.max(node.replica().commitIndex(), heartbeat.commitIndex()));
        if (heartbeat.round() != 0) {
            node.sendWhenTermDurable(new Message.HeartbeatAck<>(node.id(), leader, node.term(), heartbeat.round()));
        }
    }

    @Override
    void installSnapshot(Message.InstallSnapshot<E> install) {
        node.snapshotReceiver().received(install);
    }

    // ---- reads

    @Override
    void read(long ticket) {
        if (leader.isEmpty()) {
            super.read(ticket);
        } else {
            reads.add(ticket);
        }
    }

    @Override
    void readIndexReply(Message.ReadIndexReply<E> reply) {
        reads.confirmed(reply);
    }

    @Override
    void advance() {
        reads.advance(leader);
    }

    @Override
    void leave() {
        reads.failAll("the leader changed");
    }
}
