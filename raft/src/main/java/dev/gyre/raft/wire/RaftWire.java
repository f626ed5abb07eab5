package dev.gyre.raft.wire;

import dev.gyre.raft.core.Position;
import dev.gyre.raft.core.SnapshotChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@link dev.gyre.raft.core.Message}, with the name of the group, and without sender and receiver, which every host tells; and
 * those by which nodes hand proposals to the leader. Their meaning is told there.
 */
public sealed interface RaftWire {
    /** A message of one group. */
    sealed interface OfGroup extends RaftWire {
        /** The group that it belongs to. */
        String group();
    }

    /** See {@link dev.gyre.raft.core.Message.RequestPreVote}. */
    record RaftPreVote(String group, long term, Position last) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.PreVoteReply}. */
    record RaftPreVoteReply(String group, long term, boolean granted) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.RequestVote}. */
    record RaftVote(String group, long term, Position last, boolean transfer) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.VoteReply}. */
    record RaftVoteReply(String group, long term, boolean granted) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.AppendEntries}. */
    record RaftAppend(String group, long term, Position previous, long commit, Entries entries) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.AppendAck}. */
    record RaftAppendAck(String group, long term, long match) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.AppendReject}. */
    record RaftAppendReject(String group, long term, long previous, Position hint) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.Heartbeat}. */
    record RaftHeartbeat(String group, long term, long commit, long round) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.HeartbeatAck}. */
    record RaftHeartbeatAck(String group, long term, long round) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.InstallSnapshot}. */
    record RaftSnapshot(String group, long term, SnapshotChunk chunk) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.InstallSnapshotAck}. */
    record RaftSnapshotAck(String group, long term, Position last, long next) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.TimeoutNow}. */
    record RaftTimeoutNow(String group, long term) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.RequestReadIndex}. */
    record RaftReadIndex(String group, long term, long id) implements OfGroup {}

    /** See {@link dev.gyre.raft.core.Message.ReadIndexReply}. */
    record RaftReadIndexReply(String group, long term, long id, long index) implements OfGroup {}

    /**
     * Propose these for me. Of a proposal that comes twice the second is dropped: the receiver takes it only while it leads the term that the
     * sender means, and remembers what it has taken in that term.
     *
     * @param term the leader's
     * @param life of the sender, whose numbers begin anew with each
     */
    record RaftForward(String group, long term, long life, Forwarded proposals) implements OfGroup {}

    /**
     * These will not be applied because you sent them here: they were not appended, or are lost. Never said of one that may still be committed.
     *
     * @param tickets the sender's numbers
     */
    record RaftForwardFailed(String group, List<Long> tickets, String reason) implements OfGroup {}

    /**
     * Heartbeats, or their answers, of many groups between the same two nodes in one message.
     *
     * @param beats of each group, one or the other
     */
    record RaftBeats(List<Beat> beats) implements RaftWire {}

    /**
     * A heartbeat or an answer.
     *
     * @param commit absent in an answer
     */
    record Beat(String group, long term, @Nullable Long commit, long round) {}
}
