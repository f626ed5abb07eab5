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

    /**
     * Runs the timers that are due now, and after each of them an action. One that is set meanwhile waits for the next call, even if it is due at
     * once: so a timer of no delay comes after what waits in the node's inbox, and timers that set each other anew keep no message from being taken.
     */
    void runDue(Runnable afterEach) {
        var first = entries.first();
        if (first == null) {
            return;
        }
        long now = clock.getAsLong();
        long next = sequence;
        while (first != null && first.deadline <= now && first.sequence < next) {
            entries.remove(first);
            run(first, now);
            afterEach.run();
            first = entries.first();
        }
    }

    private static void run(Entry due, long now) {
        due.isActive = false;
        if (due.isPeriodic) {
            long missed = (now - due.deadline) / due.delay;
            due.start(saturatedAdd(due.deadline + missed * due.delay, due.delay));
        }
        due.action.run();
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
