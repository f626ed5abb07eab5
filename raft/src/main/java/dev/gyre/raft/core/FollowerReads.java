package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads at a follower: the leader tells an index that is safe to read at, and the follower serves once it has committed so far (thesis
 * §6.4). One question is under way at a time, for all reads that came before it was asked; later ones share the next.
 */
final class FollowerReads<E> {
    private record Confirmed(long ticket, long index) {}

    private final Node<E> node;
    private List<Long> waiting = new ArrayList<>();
    private List<Long> asked = new ArrayList<>();
    private final List<Confirmed> confirmed = new ArrayList<>();
    private long id;
    private long answerDueNanos;

    FollowerReads(Node<E> node) {
        this.node = node;
        // An answer that was meant for an earlier follower role of this node must not fit a question of this one.
        this.id = node.nextReadId();
    }

    void add(long ticket) {
        int open = waiting.size() + asked.size() + confirmed.size();
        if (open >= node.settings().limits().maxWaitingReads()) {
            fail(ticket, "too many reads wait");
        } else {
            waiting.add(ticket);
        }
    }

    void confirmed(Message.ReadIndexReply<E> reply) {
        if (reply.id() == id) {
            asked.forEach(ticket -> confirmed.add(new Confirmed(ticket, reply.readIndex())));
            asked.clear();
        }
    }

    void advance(String leader) {
        if (asked.isEmpty() && !waiting.isEmpty()) {
            var free = asked;
            asked = waiting;
            waiting = free;
            id = node.nextReadId();
            answerDueNanos = node.now() + node.settings().timing().electionTimeoutMinNanos();
            node.sendWhenTermDurable(new Message.RequestReadIndex<>(node.id(), leader, node.term(), id));
        }
        if (!confirmed.isEmpty()) {
            long appliable = node.replica().appliableIndex();
            confirmed.removeIf(read -> serve(read, appliable));
        }
    }

    private boolean serve(Confirmed read, long appliable) {
        if (read.index > appliable) {
            return false;
        }
        node.output().read(new ReadOutcome.Ready(read.ticket, read.index));
        return true;
    }

    long earlier(long deadlineNanos) {
        return !asked.isEmpty() && answerDueNanos - deadlineNanos < 0 ? answerDueNanos : deadlineNanos;
    }

    void failLate() {
        if (!asked.isEmpty() && node.now() - answerDueNanos >= 0) {
            asked.forEach(ticket -> fail(ticket, "the leader did not answer in time"));
            asked.clear();
        }
    }

    void failAll(String reason) {
        waiting.forEach(ticket -> fail(ticket, reason));
        asked.forEach(ticket -> fail(ticket, reason));
        confirmed.forEach(read -> fail(read.ticket, reason));
        waiting.clear();
        asked.clear();
        confirmed.clear();
    }

    private void fail(long ticket, String reason) {
        node.output().read(new ReadOutcome.Failed(ticket, reason));
    }
}
