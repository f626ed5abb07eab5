package dev.gyre.maelstrom.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionShapeTest {
    private static final int SEEDS = 50;

    /** Records cuts. */
    private static final class Target {
        private final List<String> nodes;
        private final TreeSet<String> cuts = new TreeSet<>();

        Target(int count) {
            nodes = IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
        }

        String apply(PartitionShape shape, int seed) {
            return shape.apply(nodes, this::cut, new SplittableRandom(seed));
        }

        private void cut(String src, String dest) {
            assertThat(src).isNotEqualTo(dest);
            cuts.add(src + ">" + dest);
        }

        /** How many nodes each hears, itself included. */
        List<Integer> heard() {
            var counts = new ArrayList<Integer>();
            for (var node : nodes) {
                counts.add((int) nodes.stream()
                        .filter(it -> !cuts.contains(it + ">" + node))
                        .count());
            }
            return counts;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ONE,2,1",
        "ONE,5,1",
        "MINORITY_THIRD,2,1",
        "MINORITY_THIRD,3,1",
        "MINORITY_THIRD,5,1",
        "MINORITY_THIRD,25,8",
        "MAJORITY,3,1",
        "MAJORITY,5,2",
        "MAJORITY,6,3",
        "MAJORITY,25,12"
    })
    void aGroupOfTheRightSizeIsCutFromTheRestBothWays(PartitionShape shape, int count, int size) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var target = new Target(count);
            target.apply(shape, seed);

            assertThat(target.cuts).hasSize(2 * size * (count - size));
            assertThat(target.cuts).allMatch(cut -> target.cuts.contains(cut.replaceAll("(.*)>(.*)", "$2>$1")));
            assertThat(new TreeSet<>(target.heard())).isEqualTo(new TreeSet<>(List.of(size, count - size)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 7, 25})
    void inTheRingEachHearsAMajorityAndNoTwoTheSame(int count) {
        var target = new Target(count);
        target.apply(PartitionShape.MAJORITIES_RING, 3);

        assertThat(target.heard()).containsOnly(count / 2 + 1);
        var views = new TreeSet<String>();
        for (var node : target.nodes) {
            views.add(target.nodes.stream()
                    .filter(it -> !target.cuts.contains(it + ">" + node))
                    .toList()
                    .toString());
        }
        assertThat(views).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ONE", "MINORITY_THIRD", "MAJORITY", "MAJORITIES_RING"})
    void placesAreRandomYetFixedByTheSeed(PartitionShape shape) {
        var descriptions = new TreeSet<String>();
        for (int seed = 0; seed < SEEDS; seed++) {
            String description = new Target(5).apply(shape, seed);
            assertThat(new Target(5).apply(shape, seed)).isEqualTo(description);
            assertThat(description).startsWith(shape.label());
            descriptions.add(description);
        }
        assertThat(descriptions).hasSizeGreaterThan(3);
    }
}
