package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopologyTest {
    @Test
    void gridIsASquareAsNearlyAsMayBe() {
        assertThat(text(Topology.GRID, 5))
                .isEqualTo("{\"n0\":[\"n3\",\"n1\"],\"n1\":[\"n4\",\"n2\",\"n0\"],\"n2\":[\"n1\"],"
                        + "\"n3\":[\"n0\",\"n4\"],\"n4\":[\"n1\",\"n3\"]}");
    }

    @Test
    void gridOf25HasFourNeighboursInside() {
        var neighbours = Topology.GRID.neighbours(nodes(25));

        assertThat(neighbours.path("n12")).hasSize(4);
        assertThat(neighbours.path("n0")).hasSize(2);
        assertThat(neighbours.path("n2")).hasSize(3);
    }

    @Test
    void lineGoesFromOneToTheNext() {
        assertThat(text(Topology.LINE, 3)).isEqualTo("{\"n0\":[\"n1\"],\"n1\":[\"n0\",\"n2\"],\"n2\":[\"n1\"]}");
    }

    @Test
    void treesAreFilledLevelByLevel() {
        assertThat(text(Topology.TREE, 4))
                .isEqualTo("{\"n0\":[\"n1\",\"n2\"],\"n1\":[\"n0\",\"n3\"],\"n2\":[\"n0\"],\"n3\":[\"n1\"]}");
        assertThat(text(Topology.TREE2, 10)).isEqualTo(text(Topology.TREE, 10));
        assertThat(Topology.TREE3.neighbours(nodes(5)).path("n0")).hasSize(3);
        assertThat(Topology.TREE4.neighbours(nodes(25)).path("n1").toString())
                .isEqualTo("[\"n0\",\"n5\",\"n6\",\"n7\",\"n8\"]");
    }

    @Test
    void totalHasAllOthers() {
        assertThat(text(Topology.TOTAL, 3))
                .isEqualTo("{\"n0\":[\"n1\",\"n2\"],\"n1\":[\"n0\",\"n2\"],\"n2\":[\"n0\",\"n1\"]}");
    }

    @ParameterizedTest
    @EnumSource
    void neighboursAreMutualAndAllNodesAreConnected(Topology topology) {
        for (int count = 1; count <= 30; count++) {
            var nodes = nodes(count);
            var neighbours = topology.neighbours(nodes);
            var reached = new TreeSet<>(List.of("n0"));
            for (int i = 0; i < count; i++) {
                for (var node : List.copyOf(reached)) {
                    neighbours.path(node).forEach(it -> reached.add(it.asText()));
                }
            }
            assertThat(reached).hasSize(count);
            for (var node : nodes) {
                neighbours
                        .path(node)
                        .forEach(it -> assertThat(neighbours.path(it.asText()).toString())
                                .contains("\"" + node + "\""));
            }
        }
    }

    private static String text(Topology topology, int count) {
        return topology.neighbours(nodes(count)).toString();
    }

    private static List<String> nodes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }
}
