package dev.gyre.stream.operator;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.function.BiFunction;

/** Pairs each record of the first input with those of the second that have its key and are near it in time, as soon as both are here. */
public final class IntervalJoin extends JoinOperator<IntervalGroup> {
    private final long before;
    private final long after;

    /** Makes something of each pair. */
    public IntervalJoin(
            Frame frame, Reach reach, BiFunction<Object, Object, Object> function, int groups, Operator next) {
        super(frame, function, groups, next);
        this.before = reach.before();
        this.after = reach.after();
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        take(LEFT, key, hash, value, time);
    }

    @Override
    void take(int side, Object key, int hash, Object value, long time) {
        var group = own(hash);
        if (group.frontier != NO_TIME && time <= group.frontier) {
            late(side, key, hash, value, time);
            return;
        }
        long back = side == LEFT ? before : after;
        long ahead = side == LEFT ? after : before;
        var waiting = group.find(key, hash, EventTime.plus(time, ahead));
        var others = waiting.side(1 - side);
        long last = EventTime.plus(time, ahead);
        for (int i = others.from(EventTime.minus(time, back)); i < others.size() && others.time(i) <= last; i++) {
            pair(side, key, hash, value, others.value(i), Math.max(time, others.time(i)));
        }
        waiting.side(side).add(time, value);
    }

    @Override
    void advance(IntervalGroup group, long time) {
        group.advance(time, after, before);
    }

    @Override
    protected IntervalGroup create() {
        return new IntervalGroup(frontierHere());
    }

    @Override
    protected boolean isEmpty(IntervalGroup state) {
        return state.isEmpty();
    }

    @Override
    protected void write(IntervalGroup state, ValueWriter out) {
        state.write(out);
    }

    @Override
    protected IntervalGroup read(ValueReader in) {
        return IntervalGroup.read(in, after, before);
    }
}
