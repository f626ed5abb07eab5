package dev.gyre.maelstrom.net;

import java.util.random.RandomGenerator;

/**
 * How long messages take.
 *
 * @param distribution how the times are spread around the mean
 * @param meanNanos the mean in nanoseconds, at least 0
 */
public record LatencyModel(Distribution distribution, long meanNanos) {
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
    public LatencyModel {
        if (meanNanos < 0) {
            throw new IllegalArgumentException("a latency is at least 0 ns, not " + meanNanos);
        }
    }

    /** A latency in nanoseconds, at least 0. */
    public long sampleNanos(RandomGenerator random) {
        if (meanNanos == 0) {
            return 0;
        }
        return switch (distribution) {
            case CONSTANT -> meanNanos;
            case UNIFORM -> random.nextLong(2 * meanNanos + 1);
            case EXPONENTIAL -> Math.round(-meanNanos * Math.log1p(-random.nextDouble()));
        };
    }
}
