package dev.gyre.core.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long messages take.
 *
 * @param distribution how the times are spread around the mean
 * @param meanNanos the mean in nanoseconds, at least 0
 */
public record Latency(Distribution distribution, long meanNanos) {
    /** How latencies are spread. */
    public enum Distribution {
        /** Always the mean. */
        CONSTANT,
        /** From 0 to twice the mean, all equally likely. */
        UNIFORM,
        /** Mostly short, now and then several times the mean. */
        EXPONENTIAL
    }

    /** Rejects a mean below 0. */
    public Latency {
        if (meanNanos < 0) {
            throw new IllegalArgumentException("a latency is at least 0 ns, not " + meanNanos);
        }
    }

    /** Always the same. */
    public static Latency constant(Duration latency) {
        return new Latency(Distribution.CONSTANT, latency.toNanos());
    }

    /** From 0 to twice the mean. */
    public static Latency uniform(Duration mean) {
        return new Latency(Distribution.UNIFORM, mean.toNanos());
    }

    /** Mostly short, now and then several times the mean: messages overtake each other often. */
    public static Latency exponential(Duration mean) {
        return new Latency(Distribution.EXPONENTIAL, mean.toNanos());
    }

    /** A latency in nanoseconds, at least 0. */
    public long sampleNanos(RandomGenerator random) {
        if (meanNanos == 0) {
            return 0;
        }
        return switch (distribution) {
            case CONSTANT -> meanNanos;
            case UNIFORM -> random.nextLong(2 * meanNanos + 1);
            // StrictMath, since the same seed must give the same nanosecond on every JDK.
            case EXPONENTIAL -> Math.round(-meanNanos * StrictMath.log1p(-random.nextDouble()));
        };
    }
}
