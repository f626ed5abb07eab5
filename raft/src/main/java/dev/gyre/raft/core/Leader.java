package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes proposals, replicates them, and decides what is committed (thesis §3.5, §3.6). */
final class Leader<E> extends Role<E> {
    private final Peers peers = new Peers();
    private final Replicator<E> replicator;
    private final LeaderReads<E> reads;
    private final Transfer<E> transfer;
    private final MembershipChange<E> change;
    private final Optional<String> self;
    private final long firstIndex;
    private long uncommittedBytes;
    private boolean mayHaveLeavers = true;
    private long heartbeatNanos;
    private long quorumCheckNanos;
    private boolean wasLate;

    Leader(Node<E> node) {
        super(node);
        this.replicator = new Replicator<>(node, peers);
        this.reads = new LeaderReads<>(node, peers);
        this.transfer = new Transfer<>(node, peers);
        this.change = new MembershipChange<>(node, this, peers);
        this.self = Optional.of(node.id());
        this.firstIndex = node.replica().log().lastIndex() + 1;
    }

    @Override
    RoleName name() {
        return RoleName.LEADER;
    }

    @Override
    Optional<String> leader() {
        return self;
    }

    Peers peers() {
        return peers;
    }

    /** The first entry of the term is its own: committing it commits all that earlier terms left (§3.6.2, §6.4). */
    void begin() {
        var replica = node.replica();
        uncommittedBytes = replica.log().bytesOf(replica.commitIndex() + 1, firstIndex - 1);
        peers.enter(replica.membership(), node.settings().limits(), firstIndex, node.now());
        append(new Entry.NoOp<>(firstIndex, node.term()));
        heartbeatNanos = node.now() + node.settings().timing().heartbeatIntervalNanos();
        quorumCheckNanos = node.now() + node.settings().timing().electionTimeoutMaxNanos();
    }

    @Override
    void leave() {
        long open = Math.max(firstIndex, node.replica().commitIndex() + 1);
        long last = node.replica().log().lastIndex();
        node.replica().tenures().ended(node.term(), open, last, node.output());
        reads.failAll("leadership was lost");
        change.abort("leadership was lost");
    }

    // ---- inputs

    @Override
    Answer propose(List<E> values) {
        if (transfer.isUnderWay()) {
            return new Answer.Overloaded("leadership is being handed over");
        }
        if (values.isEmpty()) {
            return new Answer.Refused("no value was proposed");
        }
        var limits = node.settings().limits();
        long size = 0;
        for (var value : values) {
            int bytes = node.sizeOf(value);
            if (bytes < 0 || bytes > limits.maxEntryBytes()) {
                return new Answer.Refused("a value of " + bytes + " bytes; the limit is " + limits.maxEntryBytes());
            }
            size += Entry.OVERHEAD_BYTES + bytes;
        }
        if (uncommittedBytes + size > limits.maxUncommittedBytes()) {
            return new Answer.Overloaded(
                    uncommittedBytes + " bytes wait to be committed; the limit is " + limits.maxUncommittedBytes());
        }
        long first = node.replica().log().lastIndex() + 1;
        long index = first;
        for (var value : values) {
            append(new Entry.Data<>(index++, node.term(), value, node.sizeOf(value)));
        }
        return new Answer.Accepted(node.term(), first, index - 1);
    }

    private void append(Entry<E> entry) {
        uncommittedBytes += entry.countedBytes();
        node.replica().append(entry);
    }

    /** In force at once (§4.1). */
    void appendMembership(Membership membership) {
        long index = node.replica().log().lastIndex() + 1;
        append(new Entry.Configuration<>(index, node.term(), membership));
        peers.enter(membership, node.settings().limits(), index, node.now());
        mayHaveLeavers = true;
    }

    @Override
    Answer changeMembership(Membership target) {
        return transfer.isUnderWay() ? new Answer.Overloaded("leadership is being handed over") : change.begin(target);
    }

    @Override
    Answer transferLeadership(String target) {
        return change.isUnderWay() ? new Answer.Overloaded("a change of members is under way") : transfer.begin(target);
    }

    @Override
    void read(long ticket) {
        reads.add(node.id(), ticket);
    }

    @Override
    void requestReadIndex(Message.RequestReadIndex<E> request) {
        reads.add(request.from(), request.id());
    }

    @Override
    void storageStalled() {
        handOver();
    }

    // ---- what members say

    @Override
    void appendAck(Message.AppendAck<E> ack) {
        var progress = peers.find(ack.from());
        if (progress != null && ack.matchIndex() <= node.replica().log().lastIndex()) {
            progress.heard();
            progress.acknowledged(ack.matchIndex(), node.now());
        }
    }

    @Override
    void appendReject(Message.AppendReject<E> reject) {
        var progress = peers.find(reject.from());
        if (progress != null) {
            progress.heard();
            replicator.refused(progress, reject);
        }
    }

    @Override
    void heartbeatAck(Message.HeartbeatAck<E> ack) {
        var progress = peers.find(ack.from());
        if (progress != null) {
            progress.heard();
            progress.acked(ack.round());
        }
    }

    @Override
    void installSnapshotAck(Message.InstallSnapshotAck<E> ack) {
        var progress = peers.find(ack.from());
        if (progress != null) {
            progress.heard();
            progress.snapshotAcknowledged(ack.last(), ack.nextOffset(), node.now());
        }
    }

    // ---- time

    @Override
    long deadlineNanos() {
        long next = Math.min(heartbeatNanos - node.now(), quorumCheckNanos - node.now());
        next = Math.min(next, transfer.deadlineNanos().orElse(heartbeatNanos) - node.now());
        next = Math.min(next, change.deadlineNanos().orElse(heartbeatNanos) - node.now());
        return node.now() + next;
    }

    @Override
    void deadlineReached() {
        if (node.now() - heartbeatNanos >= 0) {
            beat();
            heartbeatNanos = node.now() + node.settings().timing().heartbeatIntervalNanos();
        }
        transfer.abortIfLate();
        change.abortIfLate();
        if (node.now() - quorumCheckNanos >= 0) {
            checkQuorum();
        }
    }

    private void beat() {
        replicator.heartbeats(reads.nextRound());
    }

    /** Who hears from no quorum may have been replaced: it stops, so that its clients go elsewhere (§6.2). */
    private void checkQuorum() {
        var timing = node.settings().timing();
        long late = node.now() - quorumCheckNanos;
        if (late > timing.heartbeatIntervalNanos() && !wasLate) {
            // This process stood still: the answers may be in the inbox.
            wasLate = true;
            quorumCheckNanos = node.now() + timing.heartbeatIntervalNanos();
            return;
        }
        wasLate = false;
        quorumCheckNanos = node.now() + timing.electionTimeoutMaxNanos();
        long heard = peers.reachedByQuorum(peer -> isSelf(peer) || peer.isActive() ? 1 : 0);
        peers.all().forEach(Progress::listenAnew);
        if (heard == 0) {
            node.stepDown();
        }
    }

    private boolean isSelf(Progress peer) {
        return peer.member().equals(node.id());
    }

    // ---- what has become possible

    @Override
    void advance() {
        commit();
        change.advance();
        if (transfer.isTold()) {
            reads.forbidLeases();
        }
        if (reads.advance(node.replica().commitIndex() >= firstIndex)) {
            reads.ask();
            beat();
        }
        replicator.send();
        if (transfer.isUnderWay()) {
            transfer.advance();
        }
        if (mayHaveLeavers) {
            partWithLeavers();
        }
    }

    /** What a quorum holds durably is committed, if it is of this term; and with it all before (§3.6.2, figure 3.7). */
    private void commit() {
        var replica = node.replica();
        var own = peers.find(node.id());
        if (own != null) {
            own.ownDurable(replica.durability().index());
        }
        long before = replica.commitIndex();
        long reached = peers.reachedByQuorum(Progress::matchIndex);
        if (reached > before && replica.log().termAt(reached) == node.term()) {
            uncommittedBytes -= replica.log().bytesOf(before + 1, reached);
            replica.commitTo(reached);
        }
    }

    /** A change is complete: whom it left out is forgotten, and if that is this leader, another takes over (§4.2.2). */
    private void partWithLeavers() {
        var replica = node.replica();
        var membership = replica.membership();
        if (replica.isMembershipCommitted() && !membership.isJoint()) {
            mayHaveLeavers = false;
            peers.retain(membership, node.id());
            if (!membership.isVoter(node.id())) {
                handOver();
            }
        }
    }

    /** Stops leading, and spares the others the wait: the best of them campaigns at once (§3.10). */
    private void handOver() {
        Progress best = null;
        for (var voter : node.replica().membership().voters()) {
            var progress = peers.find(voter);
            if (progress != null && !isSelf(progress) && (best == null || progress.matchIndex() > best.matchIndex())) {
                best = progress;
            }
        }
        if (best != null) {
            node.sendNow(new Message.TimeoutNow<>(node.id(), best.member(), node.term()));
        }
        node.stepDown();
    }

    @Override
    List<Snapshot> snapshotsInUse() {
        List<Snapshot> sent = new ArrayList<>();
        for (var progress : peers.all()) {
            var snapshot = progress.snapshot();
            if (snapshot != null) {
                sent.add(snapshot);
            }
        }
        return sent;
    }
}
