package dev.gyre.raft.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * Sessions of clients, so that a request that is sent again is carried out once (thesis §6.3). A pure part of a state machine: call it
 * while an entry is applied, with what the entry says and with nothing else, and it is the same at every replica. Put {@link #toBytes}
 * into the snapshots of the state machine.
 *
 * <p><b>A client</b> has an entry proposed that registers it; its session is numbered by the index of that entry. It numbers its requests
 * from 1, and may have several under way, in any order. A request that was not answered it sends again, through any node, with the same
 * number. Each request says up to which number the client has seen all answers; these are then forgotten.
 *
 * <p><b>A host</b> does this with a committed entry:
 *
 * <pre>{@code
 * expired(sessions.advanceTo(entry.timeNanos()));
 * switch (entry) {
 *     case Register register -> expired(sessions.register(index));
 *     case Command command ->
 *         answer(switch (sessions.apply(command.request(), () -> machine.carryOut(command))) {
 *             case Applied(var answer) -> ok(answer);
 *             case Repeated(var answer) -> ok(answer);
 *             case Forgotten() -> nothing();
 *             case Expired() -> sessionExpired();
 *             case Full(long acknowledged) -> sendAgainLater(acknowledged);
 *         });
 * }
 * }</pre>
 *
 * <p><b>Sessions expire</b> when they were idle for too long, and the least recently used one when there are too many. Time is the log's:
 * entries carry it from those that propose them, and it never goes back here. It should go on from where the log stands rather than be of
 * a clock on the wall: stamp an entry with {@link #timeNanos} as of the last entry applied, and what has passed since then on the own
 * monotonic clock. So it stands still while nobody leads, and no clock that is wrong can expire everybody.
 *
 * <p><b>Never twice:</b> a session's number is never given out again, so a request of a session that expired is refused for ever. A
 * request up to what was acknowledged is never carried out, and the answer of any other that was is kept: when there is no room for
 * another answer, the request is refused rather than an answer dropped.
 *
 * <p>Not for more than one thread. A command must not call its sessions. If it throws, the exception passes through, and the node must
 * stop.
 *
 * @param <A> the answers
 */
public final class Sessions<A> {
    private final AnswerCodec<A> codec;
    private SessionSettings settings;
    private long timeNanos;
    private long lastRegistered;

    /** The least recently used first; so the longest idle first, too. */
    private final SequencedMap<Long, Session> sessions;

    /** No sessions yet: what a state machine starts with, at all replicas with the same settings. */
    public Sessions(SessionSettings settings, AnswerCodec<A> codec) {
        this(settings, codec, 0, 0, new LinkedHashMap<>());
    }

    private Sessions(
            SessionSettings settings,
            AnswerCodec<A> codec,
            long timeNanos,
            long lastRegistered,
            SequencedMap<Long, Session> sessions) {
        this.settings = settings;
        this.codec = codec;
        this.timeNanos = timeNanos;
        this.lastRegistered = lastRegistered;
        this.sessions = sessions;
    }

    /**
     * The sessions that were written with {@link #toBytes}, with the settings that were in force.
     *
     * @throws IllegalArgumentException when the bytes are of no sessions, are damaged or of an unknown version, or the codec refuses an
     *     answer in them
     */
    public static <A> Sessions<A> restore(byte[] bytes, AnswerCodec<A> codec) {
        var stored = SessionFormat.read(bytes);
        stored.sessions()
                .forEach((id, session) -> session.answers().forEach((sequence, answer) -> {
                    try {
                        codec.decode(answer);
                    } catch (IllegalArgumentException refused) {
                        throw new IllegalArgumentException(
                                "the stored answer to request " + sequence + " of session " + id
                                        + " cannot be decoded: " + refused.getMessage(),
                                refused);
                    }
                }));
        return new Sessions<>(stored.settings(), codec, stored.timeNanos(), stored.lastRegistered(), stored.sessions());
    }

    /** All there is, as bytes: the same at all replicas that have applied the same entries. */
    public byte[] toBytes() {
        return SessionFormat.write(new SessionFormat.Stored(settings, timeNanos, lastRegistered, sessions));
    }

    /**
     * Moves the log's time on. To be called for each entry that carries a time, before all else.
     *
     * @param newTimeNanos one that is before the log's time, or negative, changes nothing
     * @return the sessions that have expired, the longest idle first
     */
    public List<Long> advanceTo(long newTimeNanos) {
        timeNanos = Math.max(timeNanos, newTimeNanos);
        return expire();
    }

    /**
     * Registers a client, whose session is numbered {@code index}.
     *
     * @param index of the entry that registers it
     * @return the sessions that have expired to make room
     * @throws IllegalArgumentException when the index is not above that of the last registration: an entry is applied twice
     */
    public List<Long> register(long index) {
        if (index <= lastRegistered) {
            throw new IllegalArgumentException("session " + index + " is registered after session " + lastRegistered
                    + ": entries are applied once, in order");
        }
        lastRegistered = index;
        sessions.putLast(index, new Session(timeNanos, 0));
        return expire();
    }

    /**
     * Carries out a request, unless it was carried out before or may not be. Its session counts as used, and what the client acknowledges
     * is forgotten, whatever the outcome.
     *
     * @param command carries it out and gives its answer; called at most once, before this method returns
     */
    public SessionOutcome<A> apply(SessionRequest request, Supplier<? extends A> command) {
        var session = sessions.get(request.session());
        if (session == null) {
            return new SessionOutcome.Expired<>();
        }
        use(request.session(), session);
        session.acknowledge(request.acknowledged());
        if (request.sequence() <= session.acknowledged()) {
            return new SessionOutcome.Forgotten<>();
        }
        var known = session.answer(request.sequence());
        if (known != null) {
            return new SessionOutcome.Repeated<>(codec.decode(known.clone()));
        }
        if (!session.hasRoom(request.sequence(), settings)) {
            return new SessionOutcome.Full<>(session.acknowledged());
        }
        A answer = command.get();
        session.put(request.sequence(), codec.encode(answer).clone());
        return new SessionOutcome.Applied<>(answer);
    }

    /**
     * Uses a session and does nothing else: what a client sends when it has no request for a while.
     *
     * @return whether it is there
     */
    public boolean keepAlive(long session) {
        var found = sessions.get(session);
        if (found != null) {
            use(session, found);
        }
        return found != null;
    }

    /**
     * Ends a session whose client needs it no more. Its requests are then answered as if it had expired.
     *
     * @return whether it was there
     */
    public boolean close(long session) {
        return sessions.remove(session) != null;
    }

    /**
     * Changes the settings: the only way for replicas that run, as they all do it at the same entry. Answers that are more than the new
     * settings allow are kept until they are acknowledged.
     *
     * @return the sessions that have expired by it
     */
    public List<Long> reconfigure(SessionSettings newSettings) {
        settings = newSettings;
        return expire();
    }

    private void use(long id, Session session) {
        session.use(timeNanos);
        sessions.putLast(id, session);
    }

    private List<Long> expire() {
        List<Long> expired = new ArrayList<>();
        var oldest = sessions.firstEntry();
        while (oldest != null
                && (sessions.size() > settings.maxSessions()
                        || timeNanos - oldest.getValue().lastUsedNanos() > settings.idleTimeoutNanos())) {
            expired.add(oldest.getKey());
            sessions.pollFirstEntry();
            oldest = sessions.firstEntry();
        }
        return List.copyOf(expired);
    }

    /** The log's time: the latest that an entry carried, or 0. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The settings in force. */
    public SessionSettings settings() {
        return settings;
    }

    /** How many sessions there are. */
    public int size() {
        return sessions.size();
    }

    /** Whether a session is there. */
    public boolean isOpen(long session) {
        return sessions.containsKey(session);
    }
}
