package dev.gyre.stream.operator;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * The records of one key group that still wait for partners. Keys are in a heap by when the earliest of their records, at that time, would be over; what is over stays
 * until then, and has no partner any more.
 */
final class IntervalGroup extends WindowOperator.Timed {
    private final GroupTable byKey = new GroupTable();
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(
            Comparator.comparingLong((Waiting waiting) -> waiting.dueAt).thenComparingLong(waiting -> waiting.number));
    private long made;

    /** What waits of one key. */
    static final class Waiting {
        final Object key;
        final int hash;
        final Timeline left = new Timeline();
        final Timeline right = new Timeline();
        private long dueAt;
        private long number;

        Waiting(Object key, int hash) {
            this.key = key;
            this.hash = hash;
        }

        Timeline side(int side) {
            return side == JoinOperator.LEFT ? left : right;
        }
    }

    IntervalGroup(long frontier) {
        super(frontier);
    }

    boolean isEmpty() {
        return byKey.size() == 0 && frontier == Operator.NO_TIME;
    }

    /** How many keys have something. */
    int size() {
        return byKey.size();
    }

    /** What waits of a key. The caller adds to it. */
    Waiting find(Object key, int hash, long dueAt) {
        int place = byKey.find(key, hash);
        if (place >= 0) {
            return (Waiting) byKey.value(place);
        }
        var waiting = new Waiting(key, hash);
        byKey.add(place, key, hash, waiting);
        enqueue(waiting, dueAt);
        return waiting;
    }

    private void enqueue(Waiting waiting, long dueAt) {
        waiting.dueAt = dueAt;
        waiting.number = made++;
        queue.add(waiting);
    }

    /**
     * Forgets what has no partner to come.
     *
     * @param leftReach how long a record of the first input waits
     * @param rightReach how long one of the second does
     */
    void advance(long time, long leftReach, long rightReach) {
        while (!queue.isEmpty() && queue.peek().dueAt <= time) {
            var waiting = queue.poll();
            drop(waiting.left, time, leftReach);
            drop(waiting.right, time, rightReach);
            if (waiting.left.size() == 0 && waiting.right.size() == 0) {
                byKey.remove(byKey.find(waiting.key, waiting.hash));
            } else {
                enqueue(waiting, dueAt(waiting, leftReach, rightReach));
            }
        }
    }

    private static void drop(Timeline timeline, long time, long reach) {
        int over = 0;
        while (over < timeline.size() && EventTime.plus(timeline.time(over), reach) <= time) {
            over++;
        }
        timeline.drop(over);
    }

    private static long dueAt(Waiting waiting, long leftReach, long rightReach) {
        long left = waiting.left.size() == 0 ? Long.MAX_VALUE : EventTime.plus(waiting.left.time(0), leftReach);
        long right = waiting.right.size() == 0 ? Long.MAX_VALUE : EventTime.plus(waiting.right.time(0), rightReach);
        return Math.min(left, right);
    }

    void write(ValueWriter out) {
        out.write(frontier);
        out.write((long) byKey.size());
        byKey.forEach((key, value) -> {
            out.write(key);
            ((Waiting) value).left.write(out);
            ((Waiting) value).right.write(out);
        });
    }

    static IntervalGroup read(ValueReader in, long leftReach, long rightReach) {
        var group = new IntervalGroup(WindowGroup.number(in));
        long keys = WindowGroup.number(in);
        for (long i = 0; i < keys; i++) {
            var key = Objects.requireNonNull(in.read());
            int hash = KeyHash.of(key);
            var waiting = new Waiting(key, hash);
            waiting.left.read(in);
            waiting.right.read(in);
            group.byKey.add(group.byKey.find(key, hash), key, hash, waiting);
            group.enqueue(waiting, dueAt(waiting, leftReach, rightReach));
        }
        return group;
    }
}
