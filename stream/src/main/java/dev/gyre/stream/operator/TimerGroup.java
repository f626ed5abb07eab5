package dev.gyre.stream.operator;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The states and timers of one key group. Timers are in a heap. One that is set to a later time stays where it is, and is put where it belongs when its turn comes: so who sets it
 * again with each record does no work there. One that is set to an earlier time gets a second place, and the first comes to nothing.
 */
final class TimerGroup extends WindowOperator.Timed {
    private final GroupTable byKey = new GroupTable();
    private final PriorityQueue<Turn> turns =
            new PriorityQueue<>(Comparator.comparingLong(Turn::at).thenComparingLong(Turn::number));
    private long made;
    /** The earliest time that a record which goes on now may have. */
    private long earliest;
    /** Whose timer rings. */
    private @Nullable Entry rung;
    /** Those whose timer was set, when it rang, to a time that is not behind its own: they would ring for ever. */
    private final List<Entry> again = new ArrayList<>();

    /** What is known of a key. */
    static final class Entry {
        final Object key;
        final int hash;

        @Nullable Object state;

        private boolean hasTimer;
        private long timer;
        /** The time for which it has rung last. */
        private long rungAt;
        /** The place in the heap that counts; nothing when it has none. */
        private @Nullable Turn turn;

        Entry(Object key, int hash) {
            this.key = key;
            this.hash = hash;
        }

        boolean hasTimer() {
            return hasTimer;
        }

        /** When it rings, or has rung last. */
        long timer() {
            return timer;
        }

        void noTimer() {
            hasTimer = false;
        }
    }

    /** A place in the heap: no later than the timer. */
    private record Turn(long at, long number, Entry entry) {}

    /** Whom a timer rings for. An operator is one itself: its copies cannot make functions of themselves. */
    @FunctionalInterface
    interface Ringing {
        /**
         * A timer has come.
         *
         * @param time what comes of it has
         */
        void ring(TimerGroup group, Entry entry, long time);
    }

    TimerGroup(long frontier) {
        super(frontier);
        earliest = after(frontier);
    }

    private static long after(long frontier) {
        return frontier == Operator.NO_TIME ? frontier : EventTime.plus(frontier, 1);
    }

    boolean isEmpty() {
        return byKey.size() == 0 && frontier == Operator.NO_TIME;
    }

    /** How many keys something is known of. */
    int size() {
        return byKey.size();
    }

    /** How many places are taken in the heap. */
    int waiting() {
        return turns.size();
    }

    /** What is known of a key. The caller may change it, and {@linkplain #settle settles} it then. */
    Entry entry(Object key, int hash) {
        int place = byKey.find(key, hash);
        if (place >= 0) {
            return (Entry) byKey.value(place);
        }
        var entry = new Entry(key, hash);
        byKey.add(place, key, hash, entry);
        return entry;
    }

    /** Forgets a key of which nothing is known any more. */
    void settle(Entry entry) {
        if (entry.state == null && !entry.hasTimer) {
            byKey.remove(byKey.find(entry.key, entry.hash));
        }
    }

    /** Sets the timer of a key. */
    @SuppressWarnings("ReferenceEquality") // it is this one
    void set(Entry entry, long time) {
        entry.hasTimer = true;
        entry.timer = time;
        if (entry == rung && time <= entry.rungAt) {
            entry.turn = null; // it gets a place behind this epoch
        } else if (entry.turn == null || entry.turn.at > time) {
            await(entry);
        }
    }

    private void await(Entry entry) {
        var turn = new Turn(entry.timer, made++, entry);
        entry.turn = turn;
        turns.add(turn);
    }

    /**
     * Rings the timers that are due by then, in order; of those that are set meanwhile, too, unless this is the end of time. One that is set to no later time than that for which it rings
     * waits for the next epoch.
     */
    void advance(long time, Ringing ringing) {
        while (!turns.isEmpty() && turns.peek().at <= time) {
            take(turns.poll(), time == Long.MAX_VALUE, ringing);
        }
        again.forEach(this::await);
        again.clear();
        earliest = after(time);
    }

    @SuppressWarnings("ReferenceEquality") // it is this one
    private void take(Turn turn, boolean isLast, Ringing ringing) {
        var entry = turn.entry;
        if (entry.turn != turn) {
            return;
        }
        entry.turn = null;
        if (!entry.hasTimer) {
            return;
        }
        if (entry.timer > turn.at) {
            await(entry);
            return;
        }
        entry.hasTimer = false;
        entry.rungAt = entry.timer;
        rung = entry;
        ringing.ring(this, entry, Math.max(entry.timer, earliest));
        rung = null;
        if (isLast) {
            entry.hasTimer = false;
        }
        if (entry.hasTimer && entry.turn == null) {
            again.add(entry);
        }
        settle(entry);
    }

    void write(ValueWriter out) {
        out.write(frontier);
        out.write((long) byKey.size());
        byKey.forEach((key, value) -> {
            var entry = (Entry) value;
            out.write(key);
            out.write(entry.state);
            out.write(entry.hasTimer ? (Long) entry.timer : null);
        });
    }

    static TimerGroup read(ValueReader in) {
        var group = new TimerGroup(WindowGroup.number(in));
        long keys = WindowGroup.number(in);
        for (long i = 0; i < keys; i++) {
            var key = Objects.requireNonNull(in.read());
            var entry = group.entry(key, KeyHash.of(key));
            entry.state = in.read();
            if (in.read() instanceof Long timer) {
                group.set(entry, timer);
            }
        }
        return group;
    }
}
