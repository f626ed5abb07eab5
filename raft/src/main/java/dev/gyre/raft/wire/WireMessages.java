package dev.gyre.raft.wire;

import dev.gyre.raft.core.Message;
import dev.gyre.raft.storage.EntryCodec;
import dev.gyre.raft.wire.RaftWire.RaftAppend;
import dev.gyre.raft.wire.RaftWire.RaftAppendAck;
import dev.gyre.raft.wire.RaftWire.RaftAppendReject;
import dev.gyre.raft.wire.RaftWire.RaftForward;
import dev.gyre.raft.wire.RaftWire.RaftForwardFailed;
import dev.gyre.raft.wire.RaftWire.RaftHeartbeat;
import dev.gyre.raft.wire.RaftWire.RaftHeartbeatAck;
import dev.gyre.raft.wire.RaftWire.RaftPreVote;
import dev.gyre.raft.wire.RaftWire.RaftPreVoteReply;
import dev.gyre.raft.wire.RaftWire.RaftReadIndex;
import dev.gyre.raft.wire.RaftWire.RaftReadIndexReply;
import dev.gyre.raft.wire.RaftWire.RaftSnapshot;
import dev.gyre.raft.wire.RaftWire.RaftSnapshotAck;
import dev.gyre.raft.wire.RaftWire.RaftTimeoutNow;
import dev.gyre.raft.wire.RaftWire.RaftVote;
import dev.gyre.raft.wire.RaftWire.RaftVoteReply;

/**
 * Messages of the core as they travel, and back.
 *
 * @param group whose they are
 * @param codec of the values
 */
public record WireMessages<E>(String group, EntryCodec<E> codec) {
    /** A message of the core as it travels. */
    public RaftWire.OfGroup toWire(Message<Proposal<E>> message) {
        long term = message.term();
        return switch (message) {
            case Message.RequestPreVote<Proposal<E>> it -> new RaftPreVote(group, term, it.last());
            case Message.PreVoteReply<Proposal<E>> it -> new RaftPreVoteReply(group, term, it.granted());
            case Message.RequestVote<Proposal<E>> it -> new RaftVote(group, term, it.last(), it.isTransfer());
            case Message.VoteReply<Proposal<E>> it -> new RaftVoteReply(group, term, it.granted());
            case Message.AppendEntries<Proposal<E>> it ->
                new RaftAppend(group, term, it.previous(), it.commitIndex(), Entries.of(it.entries(), codec));
            case Message.AppendAck<Proposal<E>> it -> new RaftAppendAck(group, term, it.matchIndex());
            case Message.AppendReject<Proposal<E>> it ->
                new RaftAppendReject(group, term, it.previousIndex(), it.hint());
            case Message.Heartbeat<Proposal<E>> it -> new RaftHeartbeat(group, term, it.commitIndex(), it.round());
            case Message.HeartbeatAck<Proposal<E>> it -> new RaftHeartbeatAck(group, term, it.round());
            case Message.InstallSnapshot<Proposal<E>> it -> new RaftSnapshot(group, term, it.chunk());
            case Message.InstallSnapshotAck<Proposal<E>> it ->
                new RaftSnapshotAck(group, term, it.last(), it.nextOffset());
            case Message.TimeoutNow<Proposal<E>> it -> new RaftTimeoutNow(group, term);
            case Message.RequestReadIndex<Proposal<E>> it -> new RaftReadIndex(group, term, it.id());
            case Message.ReadIndexReply<Proposal<E>> it -> new RaftReadIndexReply(group, term, it.id(), it.readIndex());
        };
    }

    /**
     * A message for the core.
     *
     * @throws IllegalArgumentException when its parts make no sense, or it is not for the core
     */
    public Message<Proposal<E>> toCore(String from, String to, RaftWire.OfGroup wire) {
        return switch (wire) {
            case RaftPreVote it -> new Message.RequestPreVote<>(from, to, it.term(), it.last());
            case RaftPreVoteReply it -> new Message.PreVoteReply<>(from, to, it.term(), it.granted());
            case RaftVote it -> new Message.RequestVote<>(from, to, it.term(), it.last(), it.transfer());
            case RaftVoteReply it -> new Message.VoteReply<>(from, to, it.term(), it.granted());
            case RaftAppend it ->
                new Message.AppendEntries<>(
                        from,
                        to,
                        it.term(),
                        it.previous(),
                        it.commit(),
                        it.entries().read(it.previous().index() + 1, codec));
            case RaftAppendAck it -> new Message.AppendAck<>(from, to, it.term(), it.match());
            case RaftAppendReject it -> new Message.AppendReject<>(from, to, it.term(), it.previous(), it.hint());
            case RaftHeartbeat it -> new Message.Heartbeat<>(from, to, it.term(), it.commit(), it.round());
            case RaftHeartbeatAck it -> new Message.HeartbeatAck<>(from, to, it.term(), it.round());
            case RaftSnapshot it -> new Message.InstallSnapshot<>(from, to, it.term(), it.chunk());
            case RaftSnapshotAck it -> new Message.InstallSnapshotAck<>(from, to, it.term(), it.last(), it.next());
            case RaftTimeoutNow it -> new Message.TimeoutNow<>(from, to, it.term());
            case RaftReadIndex it -> new Message.RequestReadIndex<>(from, to, it.term(), it.id());
            case RaftReadIndexReply it -> new Message.ReadIndexReply<>(from, to, it.term(), it.id(), it.index());
            case RaftForward it -> throw notForTheCore(it);
            case RaftForwardFailed it -> throw notForTheCore(it);
        };
    }

    private static IllegalArgumentException notForTheCore(RaftWire wire) {
        return new IllegalArgumentException("not for the core: " + wire);
    }
}
