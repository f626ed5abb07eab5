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

    /** Few enough to stay in the processor's nearest cache. */
    private static final int GATHERED = 128;

    private static final int HASH = 1;
    private static final int NUMBER = 2;
    private static final int WIDTH = 3;

    private final Aggregate<Object, Object, Object> aggregate;
    private final Aggregates.@Nullable InNumbers<Object> inNumbers;
    private final long size;
    /** Of the latest window, and not in its sums yet: key, hash and number of each, side by side. */
    private final long[] gathered = new long[GATHERED * WIDTH];

    private int gatheredEnd;
    private final ArrayDeque<Pane> panes = new ArrayDeque<>();
    /** The window of the last record. */
    private Pane latest = new Pane(Long.MAX_VALUE, Long.MIN_VALUE);

    private long over = NO_TIME;
    private int keys;
    private int resting;

    /** What is kept of one window. */
    private static final class Pane {
        final long from;
        final long last;
        final GroupTable table = new GroupTable();
        /** Of keys that are numbers, if the aggregate sums up in numbers: these are in nobody else's hands. */
        final NumberTable sums = new NumberTable(0);
        /** What came to the table last, and where it is: if all is summed up under one key it needs no search. */
        @Nullable Object newest;

        int newestPlace;
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

    /** What happens seldom is decided by the time alone: of a record that goes nowhere from here a compiler makes no object, even if the way on is taken at times. */
    @Override
    public void record(Object key, int hash, Object value, long time) {
        var pane = latest;
        if (time < pane.from || time > pane.last) {
            pane = turnTo(time);
        }
        if (pane == null) {
            next.record(key, hash, value, time);
        } else if (inNumbers != null && key instanceof Long number) {
            gather(number, hash, inNumbers.number(value));
        } else {
            add(pane, key, hash, value);
        }
    }

    /** Makes the window of a time the latest. None, if the record goes on as it is: late, or a correction, of which its owner decides; or it is not worth it for now. */
    private @Nullable Pane turnTo(long time) {
        if (time <= over) {
            return null;
        }
        if (resting == 0) {
            addGathered();
            keepToBound();
        }
        if (resting > 0) {
            resting--;
            return null;
        }
        long begun = Math.floorMod(time, size);
        latest = pane(EventTime.minus(time, begun), EventTime.plus(time, size - 1 - begun));
        return latest;
    }

    /** The last time whose window an epoch has passed. */
    private static long over(long epoch, long size) {
        return epoch == Long.MAX_VALUE ? epoch : EventTime.minus(epoch, Math.floorMod(epoch + 1, size));
    }

    /** Numbers of a window are added many at a time. A loop that does nothing else is short, so a processor is at several records at once while their places come from memory. */
    private void gather(long key, int hash, long number) {
        int end = gatheredEnd;
        gathered[end] = key;
        gathered[end + HASH] = hash;
        gathered[end + NUMBER] = number;
        gatheredEnd = end + WIDTH;
        if (gatheredEnd == gathered.length) {
            addGathered();
            keepToBound();
        }
    }

    private void addGathered() {
        var sums = latest.sums;
        int end = gatheredEnd;
        for (int i = addKnown(sums, 0, end); i < end; i = addKnown(sums, i + WIDTH, end)) {
            int before = sums.size();
            int cell = sums.cell(gathered[i], (int) gathered[i + HASH]);
            sums.set(cell, sums.get(cell) + gathered[i + NUMBER]);
            keys += sums.size() - before; // none, where it is that of zero, which is not found
        }
        latest.records += end / WIDTH;
        gatheredEnd = 0;
    }

    /** Goes on to the first record whose key is not known; calls nothing, as in {@link NumberFold}. */
    private int addKnown(NumberTable sums, int from, int end) {
        for (int i = from; i < end; i += WIDTH) {
            int cell = sums.find(gathered[i], (int) gathered[i + HASH]);
            if (cell == NumberTable.NONE) {
                return i;
            }
            sums.set(cell, sums.get(cell) + gathered[i + NUMBER]);
        }
        return end;
    }

    /** Adds to what there is of a key also where there was nothing before: a call of its own for that, hardly ever made, would need an object of each record. */
    @SuppressWarnings("ReferenceEquality") // the same object is equal, and needs not be stored again
    private void add(Pane pane, Object key, int hash, Object value) {
        pane.records++;
        var table = pane.table;
        int place = key == pane.newest ? pane.newestPlace : table.find(key, hash);
        if (place < 0) {
            place = table.add(place, key, hash, aggregate.create());
            pane.newest = key;
            pane.newestPlace = place;
            keys++;
        }
        var before = table.value(place);
        var after = aggregate.add(before, value);
        if (after != before) {
            table.set(place, after);
        }
        keepToBound();
    }

    private void keepToBound() {
        if (keys >= MAX_KEYS) {
            giveUp();
        }
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
        over = over(time, size);
        giveUpTo(time);
        next.epoch(time);
    }

    @Override
    public void news(SourceNews news) {
        if (news instanceof SourceNews.Restart) {
            over = NO_TIME;
        }
        next.news(news);
    }

    @Override
    public void giveUp() {
        giveUpTo(Long.MAX_VALUE);
    }

    private void giveUpTo(long time) {
        addGathered();
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
