package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyPoolTest {
    private static KeyPool pool(int count, int writesMax) {
        return new KeyPool(new SplittableRandom(1), new Workloads.Keys(count, writesMax, 4));
    }

    @Test
    void eachKeyIsDrawnTwiceAsOftenAsTheNext() {
        var pool = pool(4, 1);
        var counts = new int[4];
        for (int i = 0; i < 15_000; i++) {
            counts[(int) pool.key()]++;
        }

        assertThat(counts[0]).isBetween(7_700, 8_300);
        assertThat(counts[1]).isBetween(3_700, 4_300);
        assertThat(counts[2]).isBetween(1_800, 2_200);
        assertThat(counts[3]).isBetween(850, 1_150);
    }

    @Test
    void eachKeyGetsTheValuesFromOneToTheMostWrites() {
        var pool = pool(3, 5);
        var values = new TreeMap<Long, TreeSet<Long>>();
        for (int i = 0; i < 1_000; i++) {
            var write = pool.write();
            assertThat(values.computeIfAbsent(write.key(), first -> new TreeSet<>())
                            .add(write.value()))
                    .isTrue();
        }

        assertThat(values).hasSizeBetween(200, 203);
        assertThat(values.values().stream()
                        .filter(it -> it.equals(new TreeSet<>(List.of(1L, 2L, 3L, 4L, 5L))))
                        .count())
                .isGreaterThanOrEqualTo(197);
    }

    @Test
    void aFullKeyIsInUseUntilTheNextWrite() {
        var pool = pool(1, 2);

        assertThat(pool.write()).isEqualTo(new KeyPool.KeyWrite(0, 1));
        assertThat(pool.write()).isEqualTo(new KeyPool.KeyWrite(0, 2));
        assertThat(pool.key()).isZero();
        assertThat(pool.write()).isEqualTo(new KeyPool.KeyWrite(1, 1));
        assertThat(pool.key()).isEqualTo(1);
    }
}
