package dev.gyre.core.simulation;

import java.time.Duration;

/**
 * A node's clock: the time line through an offset and a rate. Immutable: a change makes another, which begins where this one
 * is, so that the node's time never goes backwards.
 */
final class SkewedClock {
    private final Timeline timeline;
    private final long sinceNanos;
    private final long shownNanos;
    private final double rate;

    SkewedClock(Timeline timeline) {
        this(timeline, 0, 1);
    }

    private SkewedClock(Timeline timeline, long shownNanos, double rate) {
        this.timeline = timeline;
        this.sinceNanos = timeline.nowNanos();
        this.shownNanos = rate == 1 && shownNanos == 0 ? sinceNanos : shownNanos;
        this.rate = rate;
    }

    SkewedClock changed(Duration jump, double newRate) {
        if (!(newRate > 0) || jump.isNegative()) {
            throw new IllegalArgumentException(
                    "a clock jumps forward and runs at a rate above 0, not by " + jump + " and at " + newRate);
        }
        return new SkewedClock(timeline, nowNanos() + jump.toNanos(), newRate);
    }

    long nowNanos() {
        return shownNanos + scaled(timeline.nowNanos() - sinceNanos, rate);
    }

    /** When, on the time line, this clock shows a time or a later one. */
    long whenItShows(long nanos) {
        long at = sinceNanos + scaled(nanos - shownNanos, 1 / rate);
        return shownNanos + scaled(at - sinceNanos, rate) >= nanos ? at : at + Math.max(1, (long) (2 / rate));
    }

    private static long scaled(long nanos, double factor) {
        return factor == 1 ? nanos : (long) (nanos * factor);
    }
}
