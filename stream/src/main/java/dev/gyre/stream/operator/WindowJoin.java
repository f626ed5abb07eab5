package dev.gyre.stream.operator;

import dev.gyre.stream.api.Windows;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.function.BiFunction;

/** Pairs the records of two inputs that have one key and are in one window, when it is over. An accumulator is {@link Sides}. */
public final class WindowJoin extends JoinOperator<WindowGroup> implements WindowGroup.Firing {
    private final Windows.Aligned windows;

    /** Makes something of each pair. */
    public WindowJoin(
            Frame frame,
            Windows.Aligned windows,
            BiFunction<Object, Object, Object> function,
            int groups,
            Operator next) {
        super(frame, function, groups, next);
        this.windows = windows;
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        take(LEFT, key, hash, value, time);
    }

    @Override
    void take(int side, Object key, int hash, Object value, long time) {
        var group = own(hash);
        if (time < group.coverFrom || time > group.coverTo) {
            group.cover(time, windows, 0);
        }
        if (group.cover.length == 0) {
            late(side, key, hash, value, time);
        }
        for (var pane : group.cover) {
            int place = pane.table.find(key, hash);
            if (place < 0) {
                place = pane.table.add(place, key, hash, new Sides());
            }
            ((Sides) pane.table.value(place)).add(side, value);
        }
    }

    @Override
    public void fire(WindowGroup.Pane pane, Object key, int hash, Object accumulator) {
        var sides = (Sides) accumulator;
        for (int i = 0; i < sides.lefts(); i++) {
            for (int j = 0; j < sides.rights(); j++) {
                pair(LEFT, key, hash, sides.left(i), sides.right(j), pane.last);
            }
        }
    }

    @Override
    void advance(WindowGroup group, long time) {
        group.advance(time, 0, this);
    }

    @Override
    protected WindowGroup create() {
        return new WindowGroup(frontierHere());
    }

    @Override
    protected boolean isEmpty(WindowGroup state) {
        return state.isEmpty();
    }

    @Override
    protected void write(WindowGroup state, ValueWriter out) {
        state.write(out, Sides.SHOWN);
    }

    @Override
    protected WindowGroup read(ValueReader in) {
        return WindowGroup.read(in, Sides.MADE);
    }
}
