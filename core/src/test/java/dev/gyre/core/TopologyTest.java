package dev.gyre.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopologyTest {
    record Named(String name, Topology topology) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> all() {
        return Stream.of(
                new Named("mesh", Topology.mesh()),
                new Named("line", Topology.line()),
                new Named("ring", Topology.ring()),
                new Named("star", Topology.star()),
                new Named("grid", Topology.grid()),
                new Named("sqrt", Topology.sqrt()),
                new Named("tree1", Topology.tree(1)),
                new Named("tree3", Topology.tree(3)));
    }

    private static List<String> nodes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyTopologyIsSymmetricAndConnectedAtEverySize(Named named) {
        for (int n = 1; n <= 30; n++) {
            var nodes = nodes(n);
            for (var node : nodes) {
                var neighbours = named.topology().neighbours(node, nodes);
                assertThat(neighbours).doesNotContain(node).doesNotHaveDuplicates();
                for (var neighbour : neighbours) {
                    assertThat(named.topology().neighbours(neighbour, nodes)).contains(node);
                }
            }
            assertThat(hopsFromFirst(named.topology(), nodes)).hasSize(n);
        }
    }

    private static Map<String, Integer> hopsFromFirst(Topology topology, List<String> nodes) {
        var hops = new LinkedHashMap<String, Integer>(Map.of(nodes.get(0), 0));
        var queue = new ArrayDeque<>(List.of(nodes.get(0)));
        while (!queue.isEmpty()) {
            var node = queue.remove();
            for (var neighbour : topology.neighbours(node, nodes)) {
                if (hops.putIfAbsent(neighbour, hops.getOrDefault(node, 0) + 1) == null) {
                    queue.add(neighbour);
                }
            }
        }
        return hops;
    }

    @Test
    void gridOfFiveHasTwoRowsOfThree() {
        assertThat(Topology.grid().neighbours("n0", nodes(5))).containsExactly("n1", "n3");
        assertThat(Topology.grid().neighbours("n2", nodes(5))).containsExactly("n1");
        assertThat(Topology.grid().neighbours("n4", nodes(5))).containsExactly("n1", "n3");
    }

    @Test
    void sqrtOfTwentyFiveIsThreeHopsWide() {
        assertThat(hopsFromFirst(Topology.sqrt(), nodes(25)).values()).allMatch(hops -> hops <= 2);
        assertThat(Topology.sqrt().neighbours("n5", nodes(25)))
                .containsExactly("n0", "n6", "n7", "n8", "n9", "n10", "n15", "n20");
        assertThat(Topology.sqrt().neighbours("n7", nodes(25))).containsExactly("n5");
    }

    @Test
    void nodeOutsideTheClusterIsRefused() {
        assertThatThrownBy(() -> Topology.line().neighbours("n9", nodes(2))).hasMessageContaining("n9 is no node");
    }
}
