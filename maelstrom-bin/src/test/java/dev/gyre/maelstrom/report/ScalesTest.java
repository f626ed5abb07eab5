package dev.gyre.maelstrom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScalesTest {
    @Test
    void quantileIsTheValueThatMaelstromTakes() {
        var quantiles =
                new Quantiles(LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray());
        assertThat(List.of(quantiles.at(0), quantiles.at(0.5), quantiles.at(0.95), quantiles.at(0.99), quantiles.at(1)))
                .containsExactly(1L, 51L, 96L, 100L, 100L);
        assertThat(new Quantiles(new long[] {7}).at(0.5)).isEqualTo(7);
    }

    @Test
    void noQuantileOfNothing() {
        assertThatThrownBy(() -> new Quantiles(new long[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linearMarksAreRound() {
        assertThat(labels(Scale.Linear.upTo(20, 10))).startsWith("0", "2", "4").endsWith("20");
        assertThat(labels(Scale.Linear.upTo(0.73, 4))).containsExactly("0.0", "0.2", "0.4", "0.6");
        assertThat(labels(Scale.Linear.upTo(13, 4).endingAtMark())).containsExactly("0", "5", "10", "15");
        assertThat(labels(Scale.Linear.upTo(12_000, 4))).contains("5,000", "10,000");
    }

    @Test
    void logarithmicMarksAreDecadesAroundTheValues() {
        assertThat(labels(Scale.LogNanos.around(250_000, 30_000_000)))
                .containsExactly("100 µs", "1 ms", "10 ms", "100 ms");
        assertThat(labels(Scale.LogNanos.around(1_000_000, 1_000_000))).containsExactly("1 ms", "10 ms");
        assertThat(labels(Scale.LogNanos.around(0, 0))).containsExactly("1 µs", "10 µs");
    }

    @Test
    void logarithmIsProportional() {
        var scale = Scale.LogNanos.around(1_000_000, 100_000_000);
        assertThat(scale.fraction(10_000_000)).isEqualTo(0.5);
        assertThat(scale.fraction(0)).isZero();
        assertThat(scale.fraction(1e12)).isEqualTo(1);
    }

    @Test
    void windowsCoverTheRunAndTheLastIsNeverAStub() {
        var buckets = new TimeBuckets(10_300_000_000L, 200);
        assertThat(buckets.widthNanos()).isEqualTo(2_000_000_000);
        assertThat(buckets.count()).isEqualTo(5);
        assertThat(buckets.seconds(4)).isEqualTo(2.3, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(buckets.indexOf(10_300_000_000L)).isEqualTo(4);
        assertThat(buckets.indexOf(1_999_999_999)).isZero();
        assertThat(buckets.middleNanos(0)).isEqualTo(1_000_000_000);
    }

    @Test
    void durationsHaveThreeDigitsAndAUnit() {
        assertThat(LongStream.of(0, 999, 1_000, 12_345, 999_600, 1_500_000, 123_456_789, 999_700_000, 61_000_000_000L)
                        .mapToObj(Numbers::duration))
                .containsExactly("0 ns", "999 ns", "1 µs", "12.3 µs", "1 ms", "1.5 ms", "123 ms", "1 s", "61 s");
    }

    @Test
    void coordinatesHaveATenthAtMost() {
        assertThat(List.of(Numbers.coordinate(1), Numbers.coordinate(-0.26), Numbers.coordinate(12.349)))
                .containsExactly("1", "-0.3", "12.3");
    }

    private static List<String> labels(Scale scale) {
        return scale.ticks().stream().map(Scale.Tick::label).toList();
    }
}
