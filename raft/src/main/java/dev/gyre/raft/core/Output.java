package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a host has to do after a step, in the order of the accessors here; {@code docs/design/010-raft-core.md} says why.
 *
 * <ol>
 *   <li>{@link #send} and {@link #chunks}: at once; nothing waits for them.
 *   <li>{@link #write}: make it durable, after all earlier writes; then step {@link Input.Persisted}.
 *   <li>{@link #sendWhenDurable}: as soon as all writes up to {@link #afterToken} are durable, and not before. To send it never is safe.
 *   <li>{@link #restore}: replace the state machine by this snapshot, which is durable.
 *   <li>{@link #committed}: apply, in order. Each index comes once while a node runs, and again after it restarts if no snapshot covers it.
 *   <li>{@link #reads}: with all of that applied, serve or refuse these.
 *   <li>{@link #notices} and {@link #answer}.
 * </ol>
 *
 * A failed write is never tried again: the node stops, since nobody knows what its storage holds.
 *
 * <p>An output belongs to the host once {@code step} returns it; its lists do not change any more.
 */
public final class Output<E> {
    private List<Message<E>> send = List.of();
    private List<ChunkToSend> chunks = List.of();
    private @Nullable Write<E> write;
    private List<Message<E>> sendWhenDurable = List.of();
    private long afterToken;
    private @Nullable Snapshot restore;
    private List<Entry<E>> committed = List.of();
    private List<ReadOutcome> reads = List.of();
    private List<Notice> notices = List.of();
    private @Nullable Answer answer;

    Output() {}

    /** Messages that may be sent at once. */
    public List<Message<E>> send() {
        return Collections.unmodifiableList(send);
    }

    /** Parts of a snapshot to read and send. */
    public List<ChunkToSend> chunks() {
        return Collections.unmodifiableList(chunks);
    }

    /** What to make durable. */
    public Optional<Write<E>> write() {
        return Optional.ofNullable(write);
    }

    /** Messages that promise what {@link #afterToken} makes true. */
    public List<Message<E>> sendWhenDurable() {
        return Collections.unmodifiableList(sendWhenDurable);
    }

    /** The write that must be durable, with all before it, before {@link #sendWhenDurable}; 0 if there was none so far. */
    public long afterToken() {
        return afterToken;
    }

    /** The snapshot that replaces the state machine. */
    public Optional<Snapshot> restore() {
        return Optional.ofNullable(restore);
    }

    /** Entries to apply, in order. */
    public List<Entry<E>> committed() {
        return committed;
    }

    /** Reads that are decided. */
    public List<ReadOutcome> reads() {
        return Collections.unmodifiableList(reads);
    }

    /** What else has happened. */
    public List<Notice> notices() {
        return Collections.unmodifiableList(notices);
    }

    /** The answer to a proposal, transfer or change. */
    public Optional<Answer> answer() {
        return Optional.ofNullable(answer);
    }

    private static <T> List<T> added(List<T> list, T element) {
        var target = list.isEmpty() ? new ArrayList<T>(4) : list;
        target.add(element);
        return target;
    }

    void sendNow(Message<E> message) {
        send = added(send, message);
    }

    void sendChunk(ChunkToSend chunk) {
        chunks = added(chunks, chunk);
    }

    void sendLater(Message<E> message) {
        sendWhenDurable = added(sendWhenDurable, message);
    }

    void persist(Write<E> newWrite) {
        write = newWrite;
    }

    void waitFor(long token) {
        afterToken = token;
    }

    void restoreFrom(Snapshot snapshot) {
        restore = snapshot;
    }

    void apply(List<Entry<E>> entries) {
        committed = entries;
    }

    void read(ReadOutcome outcome) {
        reads = added(reads, outcome);
    }

    void notice(Notice notice) {
        notices = added(notices, notice);
    }

    void answerWith(Answer newAnswer) {
        answer = newAnswer;
    }
}
