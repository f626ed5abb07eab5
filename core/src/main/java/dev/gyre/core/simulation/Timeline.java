package dev.gyre.core.simulation;

import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * What is due, ordered by time, and among equals by the order of scheduling. Time goes where its driver moves it: in a
 * simulation from one due action to the next, elsewhere along with a real clock. For one thread.
 */
public final class Timeline {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long nowNanos;
    private long sequence;

    /** The time in nanoseconds since the beginning. */
    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Runs an action at a time.
     *
     * @param nanos when, in nanoseconds since the beginning; what lies in the past is due now
     * @return a handle to cancel it with
     */
    public Handle at(long nanos, Runnable action) {
        var handle = new Handle(action);
        queue.add(new Due(Math.max(nanos, nowNanos), sequence++, handle));
        return handle;
    }

    /** Runs an action when a time in nanoseconds, at least 0, has passed. */
    public Handle after(long delayNanos, Runnable action) {
        return at(Math.addExact(nowNanos, delayNanos), action);
    }

    /** When the next action is due; nothing when none is. */
    public OptionalLong nextNanos() {
        while (!queue.isEmpty() && queue.element().handle.isDone()) {
            queue.remove();
        }
        return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.element().atNanos);
    }

    /** Jumps to the next action that is due by a time and runs it; or says that there is none. */
    public boolean runNext(long untilNanos) {
        var next = nextNanos();
        if (next.isEmpty() || next.getAsLong() > untilNanos) {
            return false;
        }
        nowNanos = next.getAsLong();
        queue.remove().handle.run();
        return true;
    }

    /** Moves time forward, running all that is due by then, also what becomes due meanwhile. */
    public void advanceTo(long nanos) {
        long until = Math.max(nanos, nowNanos);
        while (runNext(until)) {
            // each action moves time to where it is due
        }
        nowNanos = until;
    }

    private record Due(long atNanos, long sequence, Handle handle) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return atNanos == other.atNanos
                    ? Long.compare(sequence, other.sequence)
                    : Long.compare(atNanos, other.atNanos);
        }
    }

    /** Something that is due once, unless it is cancelled before. */
    public static final class Handle {
        private final Runnable action;
        private boolean isDone;

        private Handle(Runnable action) {
            this.action = action;
        }

        /** Whether the action has run or was cancelled. */
        public boolean isDone() {
            return isDone;
        }

        /** Makes sure that the action does not run, if it has not yet. */
        public void cancel() {
            isDone = true;
        }

        private void run() {
            isDone = true;
            action.run();
        }
    }
}
