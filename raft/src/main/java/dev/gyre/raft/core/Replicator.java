package dev.gyre.raft.core;

/** Sends a leader's log to its members, as fast as their windows allow (thesis §3.5, §10.2.1). */
final class Replicator<E> {
    private final Node<E> node;
    private final Peers peers;

    Replicator(Node<E> node, Peers peers) {
        this.node = node;
        this.peers = peers;
    }

    /** Sends everything that may be sent now. */
    void send() {
        long last = lastToSend();
        for (var progress : peers.all()) {
            if (!progress.member().equals(node.id())) {
                sendTo(progress, last);
            }
        }
    }

    /**
     * Others vote for an entry by storing it, so it is sent before it is durable here. Who decides alone waits for its own storage first: the others can do nothing before that,
     * and hear with the entry that it is committed, where they would have to answer before they are told.
     */
    private long lastToSend() {
        return node.isAlone()
                ? node.replica().commitIndex()
                : node.replica().log().lastIndex();
    }

    private void sendTo(Progress progress, long last) {
        while (progress.maySend() && (progress.mode() != Progress.Mode.REPLICATE || progress.nextIndex() <= last)) {
            if (progress.nextIndex() - 1 < node.replica().log().base().index()) {
                sendChunk(progress);
            } else if (progress.mode() == Progress.Mode.SNAPSHOT) {
                // A late acknowledgement showed that the log has what it needs after all.
                progress.probe(progress.nextIndex());
            } else {
                sendEntries(progress, last);
            }
        }
        long untold = progress.untoldCommitIndex(node.replica().commitIndex());
        if (untold != 0) {
            heartbeat(progress, 0);
        }
    }

    private void sendEntries(Progress progress, long end) {
        var replica = node.replica();
        var log = replica.log();
        long first = progress.nextIndex();
        long last = first > end
                ? first - 1
                : Math.min(end, log.batchEnd(first, node.settings().limits().maxBatchBytes()));
        var previous = new Position(first - 1, log.termAt(first - 1));
        long size = progress.mode() == Progress.Mode.REPLICATE ? log.bytesOf(first, last) : 0;
        node.sendNow(new Message.AppendEntries<>(
                node.id(), progress.member(), node.term(), previous, replica.commitIndex(), log.slice(first, last)));
        progress.sent(last, size, replica.commitIndex(), node.now());
    }

    private void sendChunk(Progress progress) {
        var snapshot = progress.snapshot();
        if (snapshot == null
                || snapshot.last().index() < node.replica().log().base().index()) {
            snapshot = node.replica().snapshot();
            progress.startSnapshot(snapshot);
        }
        long offset = progress.snapshotOffset();
        long length = Math.min(node.settings().compaction().chunkBytes(), snapshot.sizeBytes() - offset);
        node.output()
                .sendChunk(new ChunkToSend(node.id(), progress.member(), node.term(), snapshot, offset, (int) length));
        progress.await(node.now());
    }

    /** Says that this node leads; and sends again what seems to be lost. */
    void heartbeats(long round) {
        long patience = node.settings().timing().electionTimeoutMinNanos();
        for (var progress : peers.all()) {
            if (!progress.member().equals(node.id())) {
                heartbeat(progress, round);
                progress.retryIfStuck(node.now(), patience);
            }
        }
    }

    private void heartbeat(Progress progress, long round) {
        long known = Math.min(node.replica().commitIndex(), progress.matchIndex());
        progress.toldCommitIndex(known);
        progress.asked(round);
        node.sendNow(new Message.Heartbeat<>(node.id(), progress.member(), node.term(), known, round));
    }

    /** A member refused an append: go back to where the two logs may be equal (§3.5). */
    void refused(Progress progress, Message.AppendReject<E> reject) {
        if (!progress.isRefusalCurrent(reject.previousIndex())) {
            return;
        }
        var log = node.replica().log();
        var hint = reject.hint();
        long shared = hint.index() < log.base().index()
                ? hint.index()
                : log.lastAtMost(hint.index(), hint.term()).index();
        progress.probe(Math.min(shared + 1, reject.previousIndex()));
    }
}
