package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Linearizable reads without entries (thesis §6.4). A read is safe at the commit index once a quorum has answered a heartbeat that
 * was sent after the read came: until then no later leader can have committed anything. One round serves all reads that came before it
 * began; those that come later share the next one.
 *
 * <p>With leases (§6.4.1), a quorum that answered a heartbeat sent at time t refuses votes until t plus the smallest election timeout, so
 * until then, less the drift of clocks, nothing need be asked.
 */
final class LeaderReads<E> {
    /** @param reader this node, for which {@code id} is a ticket, or a follower */
    private record PendingRead(String reader, long id) {}

    /** How many rounds are remembered with the time they were sent, for leases; older ones are over anyway. */
    private static final int ROUNDS_REMEMBERED = 64;

    private final Node<E> node;
    private final Peers peers;
    private final long[] sentNanos = new long[ROUNDS_REMEMBERED];
    private List<PendingRead> waiting = new ArrayList<>();
    private List<PendingRead> asked = new ArrayList<>();
    private long askedRound;
    private long askedIndex;
    private long lastRound;
    private boolean isLeaseAllowed;

    LeaderReads(Node<E> node, Peers peers) {
        this.node = node;
        this.peers = peers;
        this.isLeaseAllowed = node.settings().leaseDrift().isPresent();
    }

    void add(String reader, long id) {
        if (waiting.size() + asked.size() < node.settings().limits().maxWaitingReads()) {
            waiting.add(new PendingRead(reader, id));
        } else if (reader.equals(node.id())) {
            node.output().read(new ReadOutcome.Failed(id, "too many reads wait"));
        }
    }

    /** The number of a round of heartbeats that is sent now. */
    long nextRound() {
        lastRound++;
        sentNanos[(int) (lastRound % ROUNDS_REMEMBERED)] = node.now();
        return lastRound;
    }

    /** An election may be going on in spite of a living leader: no lease holds in this term any more. */
    void forbidLeases() {
        isLeaseAllowed = false;
    }

    /**
     * Serves what is confirmed. Returns whether a round should be sent for those that wait.
     *
     * @param isTermCommitted an entry of this term is committed; before that, the commit index may be behind (§6.4)
     */
    boolean advance(boolean isTermCommitted) {
        boolean isRestoring = node.replica().appliableIndex() < node.replica().commitIndex();
        if ((waiting.isEmpty() && asked.isEmpty()) || isRestoring) {
            return false;
        }
        long confirmed = peers.reachedByQuorum(this::ackedRound);
        if (!asked.isEmpty() && confirmed >= askedRound) {
            asked.forEach(read -> serve(read, askedIndex));
            asked.clear();
        }
        if (!isTermCommitted || waiting.isEmpty()) {
            return false;
        }
        if (holdsLease(confirmed)) {
            waiting.forEach(read -> serve(read, node.replica().commitIndex()));
            waiting.clear();
            return false;
        }
        return asked.isEmpty();
    }

    /** Those that wait are asked for with the next round. */
    void ask() {
        var free = asked;
        asked = waiting;
        waiting = free;
        askedIndex = node.replica().commitIndex();
        askedRound = lastRound + 1;
    }

    private long ackedRound(Progress progress) {
        return progress.member().equals(node.id()) ? Long.MAX_VALUE : progress.ackedRound();
    }

    private boolean holdsLease(long confirmed) {
        if (confirmed == Long.MAX_VALUE) {
            return true;
        }
        if (!isLeaseAllowed || confirmed == 0 || lastRound - confirmed >= ROUNDS_REMEMBERED) {
            return false;
        }
        double drift = node.settings().leaseDrift().orElse(0);
        double lease = node.settings().timing().electionTimeoutMinNanos() * (1 - drift);
        return node.now() - sentNanos[(int) (confirmed % ROUNDS_REMEMBERED)] < lease;
    }

    private void serve(PendingRead read, long index) {
        if (read.reader.equals(node.id())) {
            node.output().read(new ReadOutcome.Ready(read.id, index));
        } else {
            node.sendNow(new Message.ReadIndexReply<>(node.id(), read.reader, node.term(), read.id, index));
        }
    }

    void failAll(String reason) {
        fail(waiting, reason);
        fail(asked, reason);
    }

    private void fail(List<PendingRead> reads, String reason) {
        for (var read : reads) {
            if (read.reader.equals(node.id())) {
                node.output().read(new ReadOutcome.Failed(read.id, reason));
            }
        }
        reads.clear();
    }
}
