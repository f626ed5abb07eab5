package dev.gyre.stream.operator;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one key group. Those of a key are a list in order of time, mostly of one. All are in a heap too, by when something is due; a session
 * that grows stays where it is in the heap, and is put where it belongs when its turn comes: a record costs no work there.
 */
final class SessionGroup extends WindowOperator.Timed {
    private final GroupTable byKey = new GroupTable();
    private final PriorityQueue<Session> queue = new PriorityQueue<>(
            Comparator.comparingLong((Session session) -> session.dueAt).thenComparingLong(session -> session.number));
    private long made;

    /** One session: from its first record up to a gap behind its last one. */
    static final class Session {
        final Object key;
        final int hash;
        long start;
        long last;
        Object accumulator;
        boolean isFired;
        /** The next one of the same key. */
        @Nullable Session next;

        /** Where it lies in the heap: no later than when something is due. */
        private long dueAt;

        private long number;
        /** It has become a part of another, or is over. */
        private boolean isGone;

        Session(Object key, int hash, long start, long last, Object accumulator) {
            this.key = key;
            this.hash = hash;
            this.start = start;
            this.last = last;
            this.accumulator = accumulator;
        }

        /** Where it ends: beyond the last moment, if there is a moment beyond. */
        long end() {
            return EventTime.plus(last, 1);
        }
    }

    /** Gives the result of a session. An operator is one itself: its copies cannot make functions of themselves. */
    @FunctionalInterface
    interface Firing {
        /** Gives the result. */
        void fire(Session session);
    }

    /** Makes one accumulator of two. */
    @FunctionalInterface
    interface Merging {
        Object merge(Object earlier, Object later);
    }

    SessionGroup(long frontier) {
        super(frontier);
    }

    boolean isEmpty() {
        return byKey.size() == 0 && frontier == Operator.NO_TIME;
    }

    /** Whether a session with this last moment can still be added to. */
    boolean isOpen(long last, long lateness) {
        return frontier == Operator.NO_TIME || EventTime.plus(last, lateness) > frontier;
    }

    /** The earliest session of a key that a span of time touches; nothing when there is none. */
    @Nullable Session find(Object key, int hash, long start, long last) {
        int place = byKey.find(key, hash);
        var session = place < 0 ? null : (Session) byKey.value(place);
        while (session != null && session.last < start) {
            session = session.next;
        }
        return session == null || session.start > last ? null : session;
    }

    /** Adds a session, which touches no other one. */
    void add(Session session) {
        int place = byKey.find(session.key, session.hash);
        if (place < 0) {
            byKey.add(place, session.key, session.hash, session);
        } else {
            insert(place, session);
        }
        enqueue(session, session.last);
    }

    private void insert(int place, Session session) {
        Session before = null;
        var after = (Session) byKey.value(place);
        while (after != null && after.start < session.start) {
            before = after;
            after = after.next;
        }
        session.next = after;
        if (before == null) {
            byKey.set(place, session);
        } else {
            before.next = session;
        }
    }

    private void enqueue(Session session, long dueAt) {
        session.dueAt = dueAt;
        session.number = made++;
        queue.add(session);
    }

    /** Makes a session longer, and one with those that it touches then. */
    void stretch(Session session, long start, long last, Merging merging) {
        session.start = Math.min(session.start, start);
        session.last = Math.max(session.last, last);
        var next = session.next;
        while (next != null && next.start <= session.last) {
            session.accumulator = merging.merge(session.accumulator, next.accumulator);
            session.last = Math.max(session.last, next.last);
            next.isGone = true;
            next = next.next;
            session.next = next;
        }
        if (session.isFired && session.last > frontier) { // it is not over any more
            session.isFired = false;
            queue.remove(session);
            enqueue(session, session.last);
        }
    }

    /** Fires the sessions that are over by then, in order of their ends, and forgets those that cannot be added to any more. */
    void advance(long time, long lateness, Firing firing) {
        while (!queue.isEmpty() && queue.peek().dueAt <= time) {
            var session = queue.poll();
            if (session.isGone) {
                continue;
            }
            if (session.last > time) {
                enqueue(session, session.last);
                continue;
            }
            if (!session.isFired) {
                session.isFired = true;
                firing.fire(session);
            }
            long over = EventTime.plus(session.last, lateness);
            if (over > time) {
                enqueue(session, over);
            } else {
                remove(session);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // it is this one
    private void remove(Session session) {
        session.isGone = true;
        int place = byKey.find(session.key, session.hash);
        var first = (Session) byKey.value(place);
        if (first == session) {
            if (session.next == null) {
                byKey.remove(place);
            } else {
                byKey.set(place, session.next);
            }
            return;
        }
        var before = first;
        while (before.next != null && before.next != session) {
            before = before.next;
        }
        before.next = session.next;
    }

    void write(ValueWriter out) {
        out.write(frontier);
        out.write((long) byKey.size());
        byKey.forEach((key, first) -> {
            out.write(key);
            long count = 0;
            for (var session = (Session) first; session != null; session = session.next) {
                count++;
            }
            out.write(count);
            for (var session = (Session) first; session != null; session = session.next) {
                out.write(session.start);
                out.write(session.last);
                out.write(session.isFired);
                out.write(session.accumulator);
            }
        });
    }

    static SessionGroup read(ValueReader in) {
        var group = new SessionGroup(WindowGroup.number(in));
        long keys = WindowGroup.number(in);
        for (long i = 0; i < keys; i++) {
            var key = Objects.requireNonNull(in.read());
            int hash = KeyHash.of(key);
            long count = WindowGroup.number(in);
            for (long j = 0; j < count; j++) {
                long start = WindowGroup.number(in);
                long last = WindowGroup.number(in);
                boolean isFired = (Boolean) Objects.requireNonNull(in.read());
                var session = new Session(key, hash, start, last, Objects.requireNonNull(in.read()));
                session.isFired = isFired;
                group.add(session);
            }
        }
        return group;
    }
}
