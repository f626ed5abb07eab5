package dev.gyre.stream.operator;

import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.function.UnaryOperator;

/** Sums up records in windows that are the same for all keys: tumbling or sliding ones. Of tumbling ones a {@link Combiner} may have summed up some. */
public final class AlignedWindows extends WindowOperator<WindowGroup> implements WindowGroup.Firing {
    private final Windows.Aligned windows;
    private final Aggregate<Object, Object, Object> aggregate;

    /** Sums up records with an aggregate. */
    public AlignedWindows(
            Frame frame,
            Windows.Aligned windows,
            Aggregate<Object, Object, Object> aggregate,
            int groups,
            Operator next) {
        super(frame, groups, next);
        this.windows = windows;
        this.aggregate = aggregate;
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        var group = own(hash);
        if (time < group.coverFrom || time > group.coverTo) {
            group.cover(time, windows, lateness);
        }
        var only = group.only;
        if (only != null) {
            add(only, key, hash, value);
        } else {
            addToEach(group.cover, key, hash, value, time);
        }
    }

    private void addToEach(WindowGroup.Pane[] cover, Object key, int hash, Object value, long time) {
        if (cover.length == 0) {
            late(key, hash, value, time);
        }
        for (var pane : cover) {
            var accumulator = add(pane.table, key, hash, value);
            if (pane.isFired) {
                fire(pane, key, hash, accumulator);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object needs not be stored again
    private Object add(GroupTable table, Object key, int hash, Object value) {
        int place = table.find(key, hash);
        if (place < 0) {
            var first = value instanceof Partial(var part) ? part : aggregate.add(aggregate.create(), value);
            table.add(place, key, hash, first);
            return first;
        }
        var before = table.value(place);
        var after = value instanceof Partial(var part) ? aggregate.merge(before, part) : aggregate.add(before, value);
        if (after != before) {
            table.set(place, after);
        }
        return after;
    }

    @Override
    public void fire(WindowGroup.Pane pane, Object key, int hash, Object accumulator) {
        next.record(key, hash, new WindowResult<>(pane.start, pane.end(), aggregate.result(accumulator)), pane.last);
    }

    @Override
    void advance(WindowGroup group, long time) {
        group.advance(time, lateness, this);
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
        state.write(out, UnaryOperator.identity());
    }

    @Override
    protected WindowGroup read(ValueReader in) {
        return WindowGroup.read(in, UnaryOperator.identity());
    }
}
