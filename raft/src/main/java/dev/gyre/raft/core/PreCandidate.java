package dev.gyre.raft.core;

/**
 * Finds out whether it could win an election before it disturbs anyone with a new term (thesis §9.6). So a node that was cut off does
 * not depose a healthy leader when it comes back.
 */
final class PreCandidate<E> extends Role<E> {
    private final Tally tally = new Tally();
    private final long deadlineNanos;

    PreCandidate(Node<E> node) {
        super(node);
        this.deadlineNanos = node.now() + node.electionTimeoutNanos();
    }

    @Override
    RoleName name() {
        return RoleName.PRE_CANDIDATE;
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
        tally.count(node.id(), true);
        var last = node.replica().log().last();
        for (var member : node.replica().membership().electorate()) {
            if (!member.equals(node.id())) {
                node.sendNow(new Message.RequestPreVote<>(node.id(), member, node.term() + 1, last));
            }
        }
    }

    @Override
    void preVoteReply(Message.PreVoteReply<E> reply) {
        if (reply.granted() == (reply.term() == node.term() + 1)) {
            tally.count(reply.from(), reply.granted());
        }
    }

    @Override
    void advance() {
        var membership = node.replica().membership();
        if (tally.isWon(membership)) {
            node.campaign(false);
        } else if (tally.isLost(membership)) {
            node.stepDown();
        }
    }
}
