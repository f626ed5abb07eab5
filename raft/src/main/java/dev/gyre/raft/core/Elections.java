package dev.gyre.raft.core;

/** How a node answers those who campaign, whatever its role. */
final class Elections<E> {
    private final Node<E> node;

    Elections(Node<E> node) {
        this.node = node;
    }

    /** Says whether it would vote; changes nothing, and so may be said at once (thesis §9.6). */
    void preVote(Message.RequestPreVote<E> request) {
        boolean granted = request.term() > node.term()
                && !node.hearsLeader()
                && request.last().isAtLeastAsUpToDateAs(node.replica().log().last());
        long term = granted ? request.term() : node.term();
        var reply = new Message.PreVoteReply<E>(node.id(), request.from(), term, granted);
        if (granted) {
            node.sendNow(reply);
        } else {
            node.sendWhenTermDurable(reply);
        }
    }

    /** Votes, once a term at most, for a candidate whose log is no worse than its own (§3.6.1). Durable before it is said. */
    void vote(Message.RequestVote<E> request) {
        boolean granted = node.canVoteFor(request.from())
                && request.last().isAtLeastAsUpToDateAs(node.replica().log().last());
        if (granted) {
            node.voteFor(request.from());
            if (node.role() instanceof Follower<E> follower) {
                follower.restartTimer();
            }
        }
        node.sendWhenDurable(new Message.VoteReply<>(node.id(), request.from(), node.term(), granted));
    }

    void refuse(Message.RequestVote<E> request) {
        node.sendWhenTermDurable(new Message.VoteReply<>(node.id(), request.from(), node.term(), false));
    }

    /** The sender lives in an earlier term. Whoever campaigns or leads there must learn of this one, or it would go on for ever. */
    void tellTerm(Message<E> late) {
        switch (late) {
            case Message.RequestVote<E> request -> refuse(request);
            case Message.AppendEntries<E> append -> acknowledgeNothing(append.from());
            case Message.Heartbeat<E> heartbeat -> acknowledgeNothing(heartbeat.from());
            case Message.InstallSnapshot<E> install -> acknowledgeNothing(install.from());
            default -> {}
        }
    }

    private void acknowledgeNothing(String leader) {
        node.sendWhenTermDurable(new Message.HeartbeatAck<>(node.id(), leader, node.term(), 0));
    }
}
