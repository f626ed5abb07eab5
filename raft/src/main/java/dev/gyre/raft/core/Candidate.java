package dev.gyre.raft.core;

/** Asks for votes in a new term (thesis §3.4). Its own vote counts once it is durable, like that of any other. */
final class Candidate<E> extends Role<E> {
    private final Tally tally = new Tally();
    private final boolean isTransfer;
    private final long deadlineNanos;

    /** @param isTransfer the last leader asked for it, and voters need not wait for that leader to fall silent */
    Candidate(Node<E> node, boolean isTransfer) {
        super(node);
        this.isTransfer = isTransfer;
        this.deadlineNanos = node.now() + node.electionTimeoutNanos();
    }

    @Override
    RoleName name() {
        return RoleName.CANDIDATE;
    }

    @Override
    long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    void deadlineReached() {
        if (node.mayCampaign()) {
            node.campaignBeforeTerm();
        } else {
            node.stepDown();
        }
    }

    void begin() {
        var last = node.replica().log().last();
        for (var member : node.replica().membership().electorate()) {
            if (!member.equals(node.id())) {
                node.sendWhenDurable(new Message.RequestVote<>(node.id(), member, node.term(), last, isTransfer));
            }
        }
    }

    @Override
    void voteReply(Message.VoteReply<E> reply) {
        tally.count(reply.from(), reply.granted());
    }

    @Override
    void advance() {
        var membership = node.replica().membership();
        if (node.replica().isHardStateDurable()) {
            tally.count(node.id(), true);
        }
        if (tally.isWon(membership)) {
            node.lead();
        } else if (tally.isLost(membership)) {
            node.stepDown();
        }
    }
}
