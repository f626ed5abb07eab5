package dev.gyre.core.loop;

import dev.gyre.core.Timer;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The timers of a node, ordered by deadline and, within one moment, by when they were set. */
final class TimerQueue {
    /** No timer is set. */
    static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier clock;
    private final TimerHeap<Entry> entries = new TimerHeap<>();
    private long sequence;

    TimerQueue(LongSupplier clock) {
        this.clock = clock;
    }

    Timer after(Duration delay, Runnable action) {
        return new Entry(nanos(delay, 0), false, action);
    }

    Timer every(Duration period, Runnable action) {
        return new Entry(nanos(period, 1), true, action);
    }

    private static long nanos(Duration delay, long least) {
        long nanos;
        try {
            nanos = delay.toNanos();
        } catch (ArithmeticException e) {
            nanos = delay.isNegative() ? -1 : NEVER;
        }
        if (nanos < least) {
            throw new IllegalArgumentException(
                    "a timer's " + (least == 0 ? "delay is at least zero" : "period is above zero") + ", not " + delay);
        }
        return nanos;
    }

    /** When the next timer is due, or {@link #NEVER}. */
    long nextDeadline() {
        var first = entries.first();
        return first == null ? NEVER : first.deadline;
    }

    /** Runs the first timer if it is due; says whether it was. */
    boolean runNextDue() {
        var first = entries.first();
        if (first == null) {
            return false;
        }
        long now = clock.getAsLong();
        if (first.deadline > now) {
            return false;
        }
        entries.remove(first);
        first.isActive = false;
        if (first.isPeriodic) {
            long missed = (now - first.deadline) / first.delay;
            first.start(saturatedAdd(first.deadline + missed * first.delay, first.delay));
        }
        first.action.run();
        return true;
    }

    private static long saturatedAdd(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? NEVER : sum;
    }

    private final class Entry extends TimerHeap.Entry<Entry> implements Timer {
        private final boolean isPeriodic;
        private final Runnable action;
        private long delay;
        private long deadline;
        private long sequence;
        private boolean isActive;

        Entry(long delay, boolean isPeriodic, Runnable action) {
            this.delay = delay;
            this.isPeriodic = isPeriodic;
            this.action = action;
            reset();
        }

        private void start(long newDeadline) {
            deadline = newDeadline;
            sequence = TimerQueue.this.sequence++;
            isActive = true;
            entries.add(this);
        }

        @Override
        boolean isBefore(Entry other) {
            return deadline < other.deadline || (deadline == other.deadline && sequence < other.sequence);
        }

        @Override
        public void cancel() {
            if (isActive) {
                entries.remove(this);
                isActive = false;
            }
        }

        @Override
        public void reset() {
            cancel();
            start(saturatedAdd(clock.getAsLong(), delay));
        }

        @Override
        public void reset(Duration newDelay) {
            delay = nanos(newDelay, isPeriodic ? 1 : 0);
            reset();
        }

        @Override
        public boolean isActive() {
            return isActive;
        }
    }
}
