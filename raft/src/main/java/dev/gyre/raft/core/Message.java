package dev.gyre.raft.core;

import java.util.List;

/**
 * What nodes say to each other. Plain data: names, numbers, lists, and entries.
 *
 * <p>Every message may be lost, repeated, delayed and reordered. {@code term} is the sender's, except where said.
 */
public sealed interface Message<E> {
    /** Who says it. */
    String from();

    /** To whom. */
    String to();

    /** The sender's term. */
    long term();

    /** Would you vote for me in {@code term}, which is one above mine (thesis §9.6)? Changes nothing at either side. */
    record RequestPreVote<E>(String from, String to, long term, Position last) implements Message<E> {}

    /**
     * I would, or not.
     *
     * @param term what was asked for, if granted; else the sender's
     */
    record PreVoteReply<E>(String from, String to, long term, boolean granted) implements Message<E> {}

    /**
     * Vote for me (thesis §3.4).
     *
     * @param last where the candidate's log ends
     * @param isTransfer the leader asked for this election, so do not wait for it to fall silent (thesis §4.2.3)
     */
    record RequestVote<E>(String from, String to, long term, Position last, boolean isTransfer) implements Message<E> {}

    /** A vote, or none. */
    record VoteReply<E>(String from, String to, long term, boolean granted) implements Message<E> {}

    /**
     * Entries that follow {@code previous} (thesis §3.5).
     *
     * @param commitIndex the leader's
     */
    record AppendEntries<E>(
            String from, String to, long term, Position previous, long commitIndex, List<Entry<E>> entries)
            implements Message<E> {
        /** An append; its entries follow {@code previous}. */
        public AppendEntries {
            if (!entries.isEmpty()) {
                var last = entries.getLast();
                if (entries.getFirst().index() != previous.index() + 1
                        || last.index() != previous.index() + entries.size()
                        || last.term() > term) {
                    throw new IllegalArgumentException("append from " + from + ": entries up to " + last.index() + "@"
                            + last.term() + " do not follow " + previous + " in term " + term);
                }
            }
        }

        /** The index of the last entry that the receiver shares with the leader once it has appended. */
        public long lastIndex() {
            return previous.index() + entries.size();
        }
    }

    /** My log is durable, and equal to yours, up to {@code matchIndex}: of what was appended, not of all that I hold. */
    record AppendAck<E>(String from, String to, long term, long matchIndex) implements Message<E> {}

    /**
     * My log does not have {@code previousIndex} with that term.
     *
     * @param hint the last position of mine, at or before it, that may be shared: whole terms are skipped at once (thesis §3.5)
     */
    record AppendReject<E>(String from, String to, long term, long previousIndex, Position hint)
            implements Message<E> {}

    /**
     * I lead (thesis §3.4). Separate from appends, so that it waits for no disk.
     *
     * @param commitIndex the leader's, but not beyond what the receiver is known to hold
     * @param round to be returned (thesis §6.4); 0 asks for no answer
     */
    record Heartbeat<E>(String from, String to, long term, long commitIndex, long round) implements Message<E> {}

    /** You lead, for all I know, after you sent heartbeat {@code round}. */
    record HeartbeatAck<E>(String from, String to, long term, long round) implements Message<E> {}

    /** A part of a snapshot, for a follower that needs what is no longer in the log (thesis §5.1). */
    record InstallSnapshot<E>(String from, String to, long term, SnapshotChunk chunk) implements Message<E> {}

    /** I have the first {@code nextOffset} bytes of the snapshot that ends at {@code last}. */
    record InstallSnapshotAck<E>(String from, String to, long term, Position last, long nextOffset)
            implements Message<E> {}

    /** Campaign now, leadership is yours to take (thesis §3.10). */
    record TimeoutNow<E>(String from, String to, long term) implements Message<E> {}

    /** Up to where must I have applied to serve a read that arrived before this (thesis §6.4)? */
    record RequestReadIndex<E>(String from, String to, long term, long id) implements Message<E> {}

    /** Up to {@code readIndex}. */
    record ReadIndexReply<E>(String from, String to, long term, long id, long readIndex) implements Message<E> {}
}
