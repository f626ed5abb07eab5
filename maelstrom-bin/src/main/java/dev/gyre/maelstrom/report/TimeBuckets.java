package dev.gyre.maelstrom.report;

/**
 * The time of a run in windows of one round width. The last one ends where the run does: it may be shorter, or, where it
 * would be less than half as long, is added to the one before.
 */
final class TimeBuckets {
    private static final double NANOS_PER_SECOND = 1e9;
    /** More windows than this would be narrower than a line is thick. */
    private static final int COUNT_MAX = 60;
    /** Fewer operations in a window than this say little about a rate or a quantile. */
    private static final int OPERATIONS_WANTED = 20;

    private final double endSeconds;
    private final double widthSeconds;
    private final int count;

    /** Windows from 0 to the end, which is above 0, fit for so many operations. */
    TimeBuckets(long endNanos, int operations) {
        endSeconds = endNanos / NANOS_PER_SECOND;
        int wanted = Math.clamp(operations / OPERATIONS_WANTED, 10, COUNT_MAX);
        widthSeconds = Scale.Linear.roundUp(endSeconds / wanted);
        count = (int) Math.max(1, Math.round(endSeconds / widthSeconds));
    }

    int count() {
        return count;
    }

    /** The window that holds the time. */
    int indexOf(long nanos) {
        return Math.clamp((long) (nanos / NANOS_PER_SECOND / widthSeconds), 0, count - 1);
    }

    /** How long the window is, in seconds. */
    double seconds(int index) {
        return index == count - 1 ? endSeconds - index * widthSeconds : widthSeconds;
    }

    /** The middle of the window, in nanoseconds. */
    long middleNanos(int index) {
        return Math.round((index * widthSeconds + seconds(index) / 2) * NANOS_PER_SECOND);
    }

    /** The width that all windows have but, perhaps, the last. */
    long widthNanos() {
        return Math.round(widthSeconds * NANOS_PER_SECOND);
    }
}
