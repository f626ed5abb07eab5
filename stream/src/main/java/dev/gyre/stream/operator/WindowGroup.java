package dev.gyre.stream.operator;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one key group that are the same for all keys: a table of accumulators a window.
 *
 * <p>Records come roughly in order of time, so the windows of the last record are mostly those of the next: they are kept at hand ({@link #cover}) with the span
 * of time for which they are the right ones, and a record costs two comparisons and one search. What is due is at the front of a list in order of ends.
 */
final class WindowGroup extends WindowOperator.Timed {
    private static final Pane[] NONE = new Pane[0];

    /** From when, and to when, a record is in the windows of {@link #cover}; nothing at first. */
    long coverFrom = Long.MAX_VALUE;

    long coverTo = Long.MIN_VALUE;
    Pane[] cover = NONE;
    /** The table of the window when there is one, and it is not over: saves the commonest record two steps through memory. */
    @Nullable GroupTable only;

    /** In order of ends. */
    private final List<Pane> panes = new ArrayList<>();

    /** One window. It is over when the frontier reaches its last moment. */
    static final class Pane {
        final long start;
        final long last;
        GroupTable table = new GroupTable();
        boolean isFired;

        Pane(long start, long last) {
            this.start = start;
            this.last = last;
        }

        /** Where it ends: beyond the last moment, if there is a moment beyond. */
        long end() {
            return EventTime.plus(last, 1);
        }
    }

    /** Gives the result of a key in a window. An operator is one itself: its copies cannot make functions of themselves. */
    @FunctionalInterface
    interface Firing {
        /** Gives the result. */
        void fire(Pane pane, Object key, int hash, Object accumulator);
    }

    WindowGroup(long frontier) {
        super(frontier);
    }

    boolean isEmpty() {
        return panes.isEmpty() && frontier == Operator.NO_TIME;
    }

    /** Finds the windows of a time that can still be added to, and for how long they are the right ones. None: the time is late for all. */
    void cover(long time, Windows.Aligned windows, long lateness) {
        long slide = windows.slide();
        long rest = Math.floorMod(time, slide); // how long ago the latest of the windows began
        long overlap = (windows.size() - 1 - rest) / slide; // how many earlier ones there are
        long spare = windows.size() - 1 - rest - overlap * slide; // how long the earliest goes on
        coverFrom = EventTime.minus(time, Math.min(rest, slide - 1 - spare));
        coverTo = EventTime.plus(time, Math.min(slide - 1 - rest, spare));
        var found = new ArrayList<Pane>();
        for (long i = overlap; i >= 0; i--) {
            long begun = rest + i * slide;
            long last = EventTime.plus(time, windows.size() - 1 - begun);
            if (frontier == Operator.NO_TIME || EventTime.plus(last, lateness) > frontier) {
                found.add(pane(EventTime.minus(time, begun), last));
            }
        }
        cover = found.toArray(Pane[]::new);
        only = cover.length == 1 && !cover[0].isFired ? cover[0].table : null;
    }

    private Pane pane(long start, long last) {
        int i = panes.size();
        while (i > 0 && isBefore(start, last, panes.get(i - 1))) {
            i--;
        }
        if (i > 0 && panes.get(i - 1).start == start && panes.get(i - 1).last == last) {
            return panes.get(i - 1);
        }
        var pane = new Pane(start, last);
        pane.isFired = frontier != Operator.NO_TIME && last <= frontier;
        panes.add(i, pane);
        return pane;
    }

    /** At the edges of time several windows begin, or end, at the same moment. */
    private static boolean isBefore(long start, long last, Pane pane) {
        return last < pane.last || (last == pane.last && start < pane.start);
    }

    /** Fires the windows that are over by then, in order, and forgets those that cannot be added to any more. */
    void advance(long time, long lateness, Firing firing) {
        if (panes.isEmpty() || panes.getFirst().last > time) {
            return;
        }
        int over = 0;
        for (int i = 0; i < panes.size() && panes.get(i).last <= time; i++) {
            var pane = panes.get(i);
            if (!pane.isFired) {
                pane.isFired = true;
                pane.table.forEachHashed((key, hash, accumulator) -> firing.fire(pane, key, hash, accumulator));
            }
            if (EventTime.plus(pane.last, lateness) <= time) {
                over = i + 1;
            }
        }
        panes.subList(0, over).clear();
        coverFrom = Long.MAX_VALUE;
        coverTo = Long.MIN_VALUE;
        cover = NONE;
        only = null;
    }

    /** @param shown makes a value that can be written of an accumulator */
    void write(ValueWriter out, UnaryOperator<Object> shown) {
        out.write(frontier);
        out.write((long) panes.size());
        for (var pane : panes) {
            out.write(pane.start);
            out.write(pane.last);
            out.write(pane.isFired);
            pane.table.write(out, shown);
        }
    }

    /** @param made makes an accumulator of the value that was written for it */
    static WindowGroup read(ValueReader in, UnaryOperator<Object> made) {
        var group = new WindowGroup(number(in));
        long count = number(in);
        for (long i = 0; i < count; i++) {
            var pane = new Pane(number(in), number(in));
            pane.isFired = (Boolean) Objects.requireNonNull(in.read());
            pane.table = GroupTable.read(in, made);
            group.panes.add(pane);
        }
        return group;
    }

    static long number(ValueReader in) {
        return (Long) Objects.requireNonNull(in.read());
    }
}
