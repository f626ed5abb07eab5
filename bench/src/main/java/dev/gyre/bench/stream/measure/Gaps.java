package dev.gyre.bench.stream.measure;

import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.KeyHash;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long nothing came out: of the job, and of each key group. A gap counts for the stretch of time in which it ends.
 *
 * <p>Workers read the clock once for a few records, and behind each pause; so a gap may be told too long by the time of those records, some microseconds, and never too
 * short. A group is seen by one worker at a time, so its cells are written without a race; the driver only reads.
 */
final class Gaps {
    static final int GROUPS = Assignment.DEFAULT_GROUPS;

    private static final int SHIFT = Assignment.shiftOf(GROUPS);

    /** Two cache lines: two workers write to none at the same time, and processors fetch lines in pairs. */
    static final int LONGS_APART = 16;

    /** Records for which the clock is read once: a microsecond or two. */
    private static final int RECORDS_A_READING = 32;

    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private final AtomicLongArray lastOfGroup = new AtomicLongArray((GROUPS + 1) * LONGS_APART);
    private final AtomicLongArray workerOfGroup = new AtomicLongArray((GROUPS + 1) * LONGS_APART);
    private volatile Stretch stretch = new Stretch();

    /** Gaps that end in a stretch of time. */
    static final class Stretch {
        private final AtomicLong longest = new AtomicLong();
        private final AtomicLongArray longestOfGroup = new AtomicLongArray((GROUPS + 1) * LONGS_APART);

        /** The longest time without any output, in nanoseconds. */
        long longest() {
            return longest.get();
        }

        /** The longest time without output of a group, in nanoseconds. */
        long longest(int group) {
            return longestOfGroup.get(cell(group));
        }
    }

    /** The group of a key. */
    static int group(long key) {
        return KeyHash.of(key) >>> SHIFT;
    }

    private static int cell(int group) {
        return (group + 1) * LONGS_APART;
    }

    /** From now on gaps count for a new stretch. */
    Stretch begin() {
        var begun = new Stretch();
        stretch = begun;
        return begun;
    }

    /** The worker that last had output of a group. */
    int worker(int group) {
        return (int) workerOfGroup.getOpaque(cell(group));
    }

    /** Whether every group had output since a moment. */
    boolean hasAllSince(long nanos) {
        for (int group = 0; group < GROUPS; group++) {
            if (lastOfGroup.getOpaque(cell(group)) - nanos <= 0) {
                return false;
            }
        }
        return true;
    }

    /** What one worker's records are told to. For its thread. */
    final class Watch {
        private final int worker;
        private long now;
        private int left;
        private Stretch current = stretch;

        Watch(int worker) {
            this.worker = worker;
        }

        /** There may be a pause: the clock is to be read at the next record. */
        void pause() {
            left = 0;
        }

        void seen(long key) {
            if (left == 0) {
                read();
            }
            left--;
            int cell = cell(group(key));
            long before = lastOfGroup.getPlain(cell);
            if (before != now) {
                lastOfGroup.setOpaque(cell, now);
                if (before != 0 && now - before > current.longestOfGroup.getPlain(cell)) {
                    current.longestOfGroup.setOpaque(cell, now - before);
                }
            }
            // Always: a branch that is taken for the first time when a group moves would stop compiled loops just then.
            workerOfGroup.setOpaque(cell, worker);
        }

        private void read() {
            left = RECORDS_A_READING;
            now = System.nanoTime();
            current = stretch;
            long gap = now - last.getAndSet(now);
            if (gap > current.longest.getOpaque()) {
                current.longest.accumulateAndGet(gap, Math::max);
            }
        }
    }
}
