package dev.gyre.maelstrom.schedule;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * What is due, ordered by time, and among equals by the order of scheduling. A driver moves time forward: to the real time in
 * a run of processes, from one due action to the next in a simulation. For one thread.
 */
public final class Timeline {
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparingLong(Entry::dueNanos).thenComparingLong(Entry::sequence));
    private long nowNanos;
    private long sequence;

    /** The time in nanoseconds since the run began. */
    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Runs an action at a time.
     *
     * @param nanos when, in nanoseconds since the run began; what lies in the past is due now
     * @return a handle to cancel it with
     */
    public Timer at(long nanos, Runnable action) {
        var entry = new Entry(Math.max(nanos, nowNanos), sequence++, new Timer(action));
        queue.add(entry);
        return entry.timer;
    }

    /** Runs an action when a time in nanoseconds, at least 0, has passed. */
    public Timer after(long delayNanos, Runnable action) {
        return at(Math.addExact(nowNanos, delayNanos), action);
    }

    /** When the next action is due; nothing when none is. */
    public OptionalLong nextNanos() {
        while (!queue.isEmpty() && queue.element().timer.isDone()) {
            queue.remove();
        }
        return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.element().dueNanos);
    }

    /** Moves time forward, if it is not there yet, and runs all that is due by then, also what becomes due meanwhile. */
    public void advanceTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
        for (OptionalLong next = nextNanos(); next.isPresent() && next.getAsLong() <= nowNanos; next = nextNanos()) {
            queue.remove().timer.run();
        }
    }

    private record Entry(long dueNanos, long sequence, Timer timer) {}

    /** Something that is due once, unless it is cancelled before. */
    public static final class Timer {
        private final Runnable action;
        private boolean done;

        private Timer(Runnable action) {
            this.action = action;
        }

        /** Whether the action has run or was cancelled. */
        public boolean isDone() {
            return done;
        }

        /** Makes sure that the action does not run, if it has not yet. */
        public void cancel() {
            done = true;
        }

        private void run() {
            done = true;
            action.run();
        }
    }
}
