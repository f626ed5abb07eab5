package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ConfigurationSetTest {
    private static final int[] NOTHING = {};

    @Test
    void rowIsNewOnce() {
        var set = new ConfigurationSet();
        assertThat(add(set, new int[] {1, 2}, NOTHING)).isTrue();
        assertThat(add(set, new int[] {1, 2}, NOTHING)).isFalse();
        assertThat(add(set, new int[] {1, 2, 0}, NOTHING)).isTrue();
        assertThat(set.size()).isEqualTo(2);
    }

    @Test
    void sameRowThatUsedMoreIsNotNew() {
        var set = new ConfigurationSet();
        assertThat(add(set, new int[] {1}, new int[] {3, 1})).isTrue();
        assertThat(add(set, new int[] {1}, new int[] {3, 2})).isFalse();
        assertThat(add(set, new int[] {1}, new int[] {0, 1, 3, 1, 5, 1})).isFalse();
    }

    @Test
    void sameRowThatUsedLessOrOtherThingsIsNew() {
        var set = new ConfigurationSet();
        assertThat(add(set, new int[] {1}, new int[] {3, 2})).isTrue();
        assertThat(add(set, new int[] {1}, new int[] {3, 1})).isTrue();
        assertThat(add(set, new int[] {1}, new int[] {4, 9})).isTrue();
        assertThat(add(set, new int[] {2}, new int[] {3, 1})).isTrue();
        assertThat(add(set, new int[] {1}, NOTHING)).isTrue();
        assertThat(add(set, new int[] {1}, new int[] {9, 9})).isFalse();
    }

    @Test
    void agreesWithASetOfListsOnManyRandomConfigurations() {
        var random = LinearizabilityScale.random(5);
        var set = new ConfigurationSet();
        var expected = new HashMap<List<Integer>, List<int[]>>();
        for (int i = 0; i < 50_000; i++) {
            int[] row = random.ints(random.nextInt(1, 4), 0, 12).toArray();
            int[] counts = counts(random);
            var same = expected.computeIfAbsent(Arrays.stream(row).boxed().toList(), first -> new ArrayList<>());
            boolean isNew = same.stream().noneMatch(earlier -> isAtMost(earlier, counts));
            if (isNew) {
                same.add(counts);
            }
            assertThat(add(set, row, pairs(counts))).isEqualTo(isNew);
        }
        assertThat(set.size())
                .isEqualTo(expected.values().stream().mapToInt(List::size).sum());
        assertThat(set.size()).isGreaterThan(2_000);
    }

    private static int[] counts(RandomGenerator random) {
        return random.ints(4, -2, 3).map(count -> Math.max(0, count)).toArray();
    }

    private static boolean isAtMost(int[] a, int[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] > b[i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] pairs(int[] counts) {
        var pairs = new ArrayList<Integer>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                pairs.add(i);
                pairs.add(counts[i]);
            }
        }
        return pairs.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean add(ConfigurationSet set, int[] row, int[] used) {
        return set.add(row, row.length, used, used.length);
    }
}
