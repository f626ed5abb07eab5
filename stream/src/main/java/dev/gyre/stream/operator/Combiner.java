package dev.gyre.stream.operator;

import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.exchange.KeyHash;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the records of a tumbling window before they are sent to the owners of their keys: of many records of a key one crosses the exchange. A record that is not
 * before the last epoch is kept until an epoch passes the end of its window, so nothing is late that would not have been.
 *
 * <p>Where few records share a key and window this is work for nothing. So it is measured, and left for a while where it does not pay.
 */
public final class Combiner extends Withholding {
    /** Keys that are kept, in all windows: some megabytes, which are in no snapshot. */
    private static final int MAX_KEYS = 1 << 16;

    /** Fewer keys tell nothing about whether it pays. */
    private static final int MIN_KEYS_TO_JUDGE = 256;

    /** Records of which one is made, on average: below that, sending them as they are is as cheap, and smoother. */
    private static final int MIN_RECORDS_A_KEY = 4;

    /** Records that are sent as they are before it is tried again. */
    private static final int REST_RECORDS = 1 << 20;

    private final Aggregate<Object, Object, Object> aggregate;
    private final Aggregates.@Nullable InNumbers<Object> inNumbers;
    private final long size;
    private final ArrayDeque<Pane> panes = new ArrayDeque<>();
    /** The window of the last record. */
    private Pane latest = new Pane(Long.MAX_VALUE, Long.MIN_VALUE);

    private long epoch = NO_TIME;
    private int keys;
    private int resting;

    /** What is kept of one window. */
    private static final class Pane {
        final long from;
        final long last;
        final GroupTable table = new GroupTable();
        /** Of keys that are numbers, if the aggregate sums up in numbers: these are in nobody else's hands. */
        final NumberTable sums = new NumberTable(0);

        long records;

        Pane(long from, long last) {
            this.from = from;
            this.last = last;
        }

        int keys() {
            return table.size() + sums.size();
        }
    }

    /** Sums up as the window operator behind the exchange does. */
    @SuppressWarnings("unchecked") // it is the same aggregate, of the same records
    public Combiner(Windows.Aligned windows, Aggregate<Object, Object, Object> aggregate, Operator next) {
        super(next);
        this.aggregate = aggregate;
        this.inNumbers = (Aggregate<?, ?, ?>) aggregate instanceof Aggregates.InNumbers<?> numbers
                ? (Aggregates.InNumbers<Object>) numbers
                : null;
        this.size = windows.size();
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        if (resting > 0) {
            resting--;
            next.record(key, hash, value, time);
        } else if (time >= latest.from && time <= latest.last) {
            add(latest, key, hash, value);
        } else {
            addElsewhere(key, hash, value, time);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object needs not be stored again
    private void add(Pane pane, Object key, int hash, Object value) {
        pane.records++;
        if (inNumbers != null && key instanceof Long number) {
            int cell = pane.sums.find(number, hash);
            if (cell != NumberTable.NONE) {
                pane.sums.set(cell, inNumbers.add(pane.sums.get(cell), value));
            } else {
                addSlowly(inNumbers, pane, number, hash, value);
            }
            return;
        }
        var table = pane.table;
        int place = table.find(key, hash);
        if (place < 0) {
            table.add(place, key, hash, aggregate.add(aggregate.create(), value));
            added();
            return;
        }
        var before = table.value(place);
        var after = aggregate.add(before, value);
        if (after != before) {
            table.set(place, after);
        }
    }

    /** For a key that is new, or zero. */
    private void addSlowly(Aggregates.InNumbers<Object> numbers, Pane pane, long key, int hash, Object value) {
        int before = pane.sums.size();
        int cell = pane.sums.cell(key, hash);
        pane.sums.set(cell, numbers.add(pane.sums.get(cell), value));
        if (pane.sums.size() > before) {
            added();
        }
    }

    private void added() {
        if (++keys >= MAX_KEYS) {
            giveUp();
        }
    }

    private void addElsewhere(Object key, int hash, Object value, long time) {
        long begun = Math.floorMod(time, size);
        long last = EventTime.plus(time, size - 1 - begun);
        if (epoch != NO_TIME && last <= epoch) {
            next.record(key, hash, value, time); // late, or a correction: its owner decides
            return;
        }
        latest = pane(EventTime.minus(time, begun), last);
        add(latest, key, hash, value);
    }

    private Pane pane(long from, long last) {
        for (var pane : panes) {
            if (pane.from == from && pane.last == last) {
                return pane;
            }
        }
        var pane = new Pane(from, last);
        panes.add(pane);
        return pane;
    }

    @Override
    public void epoch(long time) {
        epoch = time;
        giveUpTo(time);
        next.epoch(time);
    }

    @Override
    public void news(SourceNews news) {
        if (news instanceof SourceNews.Restart) {
            epoch = NO_TIME;
        }
        next.news(news);
    }

    @Override
    public void giveUp() {
        giveUpTo(Long.MAX_VALUE);
    }

    private void giveUpTo(long time) {
        int sent = 0;
        long records = 0;
        for (Iterator<Pane> each = panes.iterator(); each.hasNext(); ) {
            var pane = each.next();
            if (pane.last <= time) {
                each.remove();
                send(pane);
                sent += pane.keys();
                records += pane.records;
            }
        }
        if (sent > 0) {
            keys -= sent;
            latest = new Pane(Long.MAX_VALUE, Long.MIN_VALUE);
            if (sent >= MIN_KEYS_TO_JUDGE && records < (long) sent * MIN_RECORDS_A_KEY) {
                resting = REST_RECORDS;
                giveUp(); // what is sent as it is from now on must not overtake what came before
            }
        }
    }

    private void send(Pane pane) {
        if (inNumbers != null) {
            pane.sums.forEach(new Sender(next, inNumbers, pane.last));
        }
        var table = pane.table;
        for (int i = 0; i < table.capacity(); i++) {
            if (table.isTaken(i)) {
                next.record(table.keyAt(i), table.hashAt(i), new Partial(table.value(i)), pane.last);
            }
        }
    }

    /** A lambda would be of the class that {@link Specialised} copies, which has no name to make one for. */
    record Sender(Operator next, Aggregates.InNumbers<Object> numbers, long time) implements BiConsumer<Long, Long> {
        @Override
        public void accept(Long key, Long sum) {
            next.record(key, KeyHash.of(key.longValue()), new Partial(numbers.accumulator(sum)), time);
        }
    }
}
