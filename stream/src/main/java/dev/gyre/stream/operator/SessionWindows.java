package dev.gyre.stream.operator;

import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;

/** Sums up records in windows that are as long as records of their key come. */
public final class SessionWindows extends WindowOperator<SessionGroup> implements SessionGroup.Firing {
    private final long reach;
    private final Aggregate<Object, Object, Object> aggregate;

    /** Sums up records with an aggregate. */
    public SessionWindows(
            Frame frame,
            Windows.Session windows,
            Aggregate<Object, Object, Object> aggregate,
            int groups,
            Operator next) {
        super(frame, groups, next);
        this.reach = windows.gap() - 1;
        this.aggregate = aggregate;
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        var group = own(hash);
        long last = EventTime.plus(time, reach);
        var session = group.find(key, hash, time, last);
        if (session != null) {
            session.accumulator = aggregate.add(session.accumulator, value);
            group.stretch(session, time, last, aggregate::merge);
        } else if (group.isOpen(last, lateness)) {
            session = new SessionGroup.Session(key, hash, time, last, aggregate.add(aggregate.create(), value));
            session.isFired = group.frontier != NO_TIME && last <= group.frontier;
            group.add(session);
        } else {
            late(key, hash, value, time);
            return;
        }
        if (session.isFired) {
            fire(session);
        }
    }

    @Override
    public void fire(SessionGroup.Session session) {
        next.record(
                session.key,
                session.hash,
                new WindowResult<>(session.start, session.end(), aggregate.result(session.accumulator)),
                session.last);
    }

    @Override
    void advance(SessionGroup group, long time) {
        group.advance(time, lateness, this);
    }

    @Override
    protected SessionGroup create() {
        return new SessionGroup(frontierHere());
    }

    @Override
    protected boolean isEmpty(SessionGroup state) {
        return state.isEmpty();
    }

    @Override
    protected void write(SessionGroup state, ValueWriter out) {
        state.write(out);
    }

    @Override
    protected SessionGroup read(ValueReader in) {
        return SessionGroup.read(in);
    }
}
