package dev.gyre.stream.api;

import java.time.Duration;
import java.time.Instant;

/**
 * Event time: nanoseconds since 1970, in a {@code long}, so from the year 1677 to 2262. What lies beyond is at the edge; arithmetic stops there and does not wrap.
 */
public final class EventTime {
    private static final long NANOS_A_SECOND = 1_000_000_000;

    private EventTime() {}

    /** An instant in nanoseconds since 1970. */
    public static long of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (Math.multiplyHigh(seconds, NANOS_A_SECOND) != (seconds * NANOS_A_SECOND) >> 63) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return plus(seconds * NANOS_A_SECOND, instant.getNano());
    }

    /** The instant of a time. */
    public static Instant instant(long time) {
        return Instant.ofEpochSecond(Math.floorDiv(time, NANOS_A_SECOND), Math.floorMod(time, NANOS_A_SECOND));
    }

    /** A duration in nanoseconds; the longest is 292 years. */
    public static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** A later time, or the last one. {@code nanos} is not negative. */
    public static long plus(long time, long nanos) {
        long later = time + nanos;
        return later < time ? Long.MAX_VALUE : later;
    }

    /** An earlier time, or the first one. {@code nanos} is not negative. */
    public static long minus(long time, long nanos) {
        long earlier = time - nanos;
        return earlier > time ? Long.MIN_VALUE : earlier;
    }
}
