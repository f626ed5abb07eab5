package dev.gyre.raft.core;

import java.util.OptionalLong;

/**
 * Hands leadership to a chosen voter (thesis §3.10): takes no more proposals, waits until the voter has the whole log, and tells it to
 * campaign. If it does not lead after an election timeout, this leader carries on.
 */
final class Transfer<E> {
    private final Node<E> node;
    private final Peers peers;
    private String target = "";
    private boolean isTold;
    private long deadlineNanos;

    Transfer(Node<E> node, Peers peers) {
        this.node = node;
        this.peers = peers;
    }

    boolean isUnderWay() {
        return !target.isEmpty();
    }

    /** Whether the voter may be campaigning by now. */
    boolean isTold() {
        return isTold;
    }

    Answer begin(String voter) {
        if (isUnderWay()) {
            return new Answer.Overloaded("leadership is being handed to " + target);
        }
        if (voter.equals(node.id())) {
            return new Answer.Refused(voter + " leads already");
        }
        if (!node.replica().membership().voters().contains(voter)) {
            return new Answer.Refused(voter + " is no voter");
        }
        target = voter;
        isTold = false;
        deadlineNanos = node.now() + node.settings().timing().electionTimeoutMaxNanos();
        return new Answer.Started();
    }

    void advance() {
        var progress = peers.find(target);
        if (progress != null
                && !isTold
                && progress.matchIndex() == node.replica().log().lastIndex()) {
            isTold = true;
            node.sendNow(new Message.TimeoutNow<>(node.id(), target, node.term()));
        }
    }

    OptionalLong deadlineNanos() {
        return isUnderWay() ? OptionalLong.of(deadlineNanos) : OptionalLong.empty();
    }

    void abortIfLate() {
        if (isUnderWay() && node.now() - deadlineNanos >= 0) {
            abort(isTold ? "it did not take over in time" : "it did not catch up in time");
        }
    }

    void abort(String reason) {
        node.output().notice(new Notice.TransferAborted(target, reason));
        target = "";
    }
}
