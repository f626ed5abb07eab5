package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gyre.core.simulation.Latency.Distribution;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatencyTest {
    private static final long MEAN = 1_000_000;

    @ParameterizedTest
    @EnumSource
    void aMeanOfZeroIsNoLatency(Distribution distribution) {
        assertThat(samples(distribution, 0)).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void samplesAverageToTheMean(Distribution distribution) {
        assertThat(LongStream.of(samples(distribution, MEAN)).average().orElseThrow())
                .isCloseTo(MEAN, within(0.03 * MEAN));
    }

    @Test
    void constantNeverVaries() {
        assertThat(samples(Distribution.CONSTANT, MEAN)).containsOnly(MEAN);
    }

    @Test
    void uniformGoesFromZeroToTwiceTheMean() {
        var samples = samples(Distribution.UNIFORM, MEAN);

        assertThat(LongStream.of(samples).min().orElseThrow()).isBetween(0L, MEAN / 50);
        assertThat(LongStream.of(samples).max().orElseThrow()).isBetween(2 * MEAN - MEAN / 50, 2 * MEAN);
    }

    @Test
    void exponentialHasTheRightMedianAndALongTail() {
        var samples = samples(Distribution.EXPONENTIAL, MEAN);

        long belowMedian =
                LongStream.of(samples).filter(it -> it < MEAN * Math.log(2)).count();
        assertThat((double) belowMedian / samples.length).isCloseTo(0.5, within(0.02));
        assertThat(LongStream.of(samples).max().orElseThrow()).isGreaterThan(5 * MEAN);
        assertThat(LongStream.of(samples).min().orElseThrow()).isNotNegative();
    }

    @Test
    void rejectsANegativeMean() {
        assertThatThrownBy(() -> new Latency(Distribution.CONSTANT, -1)).hasMessageContaining("at least 0");
    }

    private static long[] samples(Distribution distribution, long mean) {
        var model = new Latency(distribution, mean);
        var random = new SplittableRandom(1);
        return LongStream.generate(() -> model.sampleNanos(random))
                .limit(10_000)
                .toArray();
    }
}
