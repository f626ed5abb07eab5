package dev.gyre.raft.core;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Leads a change of members, one at a time, by joint consensus (thesis §4.3):
 *
 * <ol>
 *   <li>new voters enter as learners, and catch up in rounds until one is short (§4.2.1);
 *   <li>the joint membership is appended: from now on decisions need a majority of old and of new;
 *   <li>once that is committed, the new one alone is appended, by whoever leads then.
 * </ol>
 *
 * No step is taken while the last one is uncommitted. Only the first can be given up.
 */
final class MembershipChange<E> {
    private final Node<E> node;
    private final Leader<E> leader;
    private final Peers peers;
    /** Wanted, and not yet in the log. */
    private @Nullable Membership target;

    private long deadlineNanos;
    private long roundStartNanos;
    private long roundEndIndex;

    MembershipChange(Node<E> node, Leader<E> leader, Peers peers) {
        this.node = node;
        this.leader = leader;
        this.peers = peers;
    }

    boolean isUnderWay() {
        return target != null
                || node.replica().membership().isJoint()
                || !node.replica().isMembershipCommitted();
    }

    Answer begin(Membership wanted) {
        var current = node.replica().membership();
        if (wanted.isJoint() || wanted.voters().isEmpty()) {
            return new Answer.Refused("the target must have a voter, and must not be joint: " + wanted);
        }
        if (isUnderWay()) {
            return new Answer.Overloaded("a change of members is under way");
        }
        if (wanted.equals(current)) {
            return new Answer.Refused("these are the members already");
        }
        target = wanted;
        deadlineNanos = node.now() + node.settings().timing().catchUpTimeoutNanos();
        startRound();
        var withNewcomers = current.withLearners(wanted.voters());
        if (!withNewcomers.equals(current)) {
            leader.appendMembership(withNewcomers);
        }
        return new Answer.Started();
    }

    void advance() {
        if (!node.replica().isMembershipCommitted()) {
            return;
        }
        var current = node.replica().membership();
        var wanted = target;
        if (current.isJoint()) {
            leader.appendMembership(current.settled());
        } else if (wanted != null && haveCaughtUp(newVoters(current, wanted))) {
            target = null;
            boolean isVoteUnchanged = current.voters().equals(wanted.voters());
            leader.appendMembership(isVoteUnchanged ? wanted : current.jointWith(wanted));
        }
    }

    private static List<String> newVoters(Membership current, Membership wanted) {
        return wanted.voters().stream().filter(voter -> !current.isVoter(voter)).toList();
    }

    private boolean haveCaughtUp(List<String> newVoters) {
        for (var voter : newVoters) {
            var progress = peers.find(voter);
            if (progress == null || progress.matchIndex() < roundEndIndex) {
                return false;
            }
        }
        boolean wasShort =
                node.now() - roundStartNanos <= node.settings().timing().electionTimeoutMinNanos();
        if (!wasShort && !newVoters.isEmpty()) {
            startRound();
            return false;
        }
        return true;
    }

    private void startRound() {
        roundStartNanos = node.now();
        roundEndIndex = node.replica().log().lastIndex();
    }

    OptionalLong deadlineNanos() {
        return target == null ? OptionalLong.empty() : OptionalLong.of(deadlineNanos);
    }

    void abortIfLate() {
        if (target != null && node.now() - deadlineNanos >= 0) {
            abort("the new voters did not catch up in time");
        }
    }

    void abort(String reason) {
        var wanted = target;
        if (wanted != null) {
            target = null;
            node.output().notice(new Notice.MembershipChangeAborted(wanted, reason));
        }
    }
}
