package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    @Test
    void sameSeedAndPurposeGiveTheSameNumbers() {
        assertThat(numbers(new RandomStreams(7).fork("latency")))
                .isEqualTo(numbers(new RandomStreams(7).fork("latency")));
    }

    @Test
    void anotherPurposeOrSeedGivesOthers() {
        var one = numbers(new RandomStreams(7).fork("latency"));

        assertThat(numbers(new RandomStreams(7).fork("pauses"))).isNotEqualTo(one);
        assertThat(numbers(new RandomStreams(8).fork("latency"))).isNotEqualTo(one);
    }

    private static long[] numbers(RandomGenerator random) {
        return random.longs(5).toArray();
    }
}
