package dev.gyre.core.checker.elle.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.elle.graph.CycleKind.Order;
import dev.gyre.core.checker.elle.graph.CycleKind.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CycleFinderTest {
    private static DependencyGraph graph(int size, Object... edges) {
        var builder = new DependencyGraph.Builder(size, 100);
        for (int i = 0; i < edges.length; i += 3) {
            builder.add((Integer) edges[i], (Integer) edges[i + 2], (Relation) edges[i + 1], i, i + 1);
        }
        return builder.build();
    }

    private static List<String> kinds(DependencyGraph graph) {
        return CycleFinder.find(graph, Order.PROCESS).stream()
                .map(cycle -> cycle.kind().label())
                .toList();
    }

    @Test
    void chainHasNoCycle() {
        assertThat(kinds(graph(3, 0, Relation.WW, 1, 1, Relation.RW, 2))).isEmpty();
    }

    @Test
    void shortestCycleOfAComponentIsTold() {
        var graph =
                graph(4, 0, Relation.WW, 1, 1, Relation.WW, 2, 2, Relation.WW, 3, 3, Relation.WW, 0, 2, Relation.WW, 1);
        var cycles = CycleFinder.find(graph, Order.DATA);
        assertThat(cycles).hasSize(1);
        assertThat(cycles.getFirst().vertices()).containsExactly(1, 2);
        assertThat(cycles.getFirst().steps().getFirst()).isEqualTo(new Step(1, 2, Relation.WW, 3, 4));
    }

    /** Vertices 0 and 1 are in a write cycle; a walk past 0 twice keeps the anti-dependencies of 0 apart. */
    @Test
    void walkThatComesByAVertexTwiceIsNoLongFork() {
        var graph =
                graph(4, 0, Relation.WW, 1, 1, Relation.WW, 0, 2, Relation.RW, 0, 0, Relation.RW, 3, 3, Relation.WW, 2);
        assertThat(kinds(graph)).containsExactly("G0", "G2-item");
    }

    @Test
    void processStepsInARowAreOne() {
        var graph = graph(4, 0, Relation.PROCESS, 1, 1, Relation.PROCESS, 2, 2, Relation.PROCESS, 3, 3, Relation.WW, 0);
        var cycles = CycleFinder.find(graph, Order.PROCESS);
        assertThat(cycles).hasSize(1);
        assertThat(cycles.getFirst().vertices()).containsExactly(0, 3);
        assertThat(cycles.getFirst().kind().label()).isEqualTo("G0-process");
    }

    @Test
    void edgesOverTheBudgetAreDroppedAndRemembered() {
        var builder = new DependencyGraph.Builder(3, 1);
        builder.add(0, 0, Relation.WW, 0, 0);
        builder.add(0, 1, Relation.WW, 0, 0);
        assertThat(builder.full()).isFalse();
        builder.add(1, 0, Relation.WW, 0, 0);
        assertThat(builder.full()).isTrue();
        assertThat(builder.count(Relation.WW)).isEqualTo(1);
        assertThat(CycleFinder.find(builder.build(), Order.DATA)).isEmpty();
    }

    /** All simple cycles of a small graph, by walking. */
    private static void collect(DependencyGraph graph, List<Step> walk, int vertex, int start, List<Cycle> all) {
        for (int edge = 0; edge < graph.degree(vertex); edge++) {
            var step = graph.step(vertex, edge);
            if (step.to() == start) {
                var steps = new ArrayList<>(walk);
                steps.add(step);
                if (steps.stream().anyMatch(one -> !one.relation().isOrder())) {
                    all.add(new Cycle(CycleKind.of(steps), steps));
                }
            } else if (step.to() > start && walk.stream().noneMatch(one -> one.from() == step.to())) {
                walk.add(step);
                collect(graph, walk, step.to(), start, all);
                walk.removeLast();
            }
        }
    }

    private static DependencyGraph random(SplittableRandom random) {
        int size = 2 + random.nextInt(5);
        var builder = new DependencyGraph.Builder(size, 100);
        var relations = List.of(Relation.WW, Relation.WR, Relation.RW, Relation.RW);
        int edges = random.nextInt(2 * size + 2);
        for (int i = 0; i < edges; i++) {
            builder.add(random.nextInt(size), random.nextInt(size), relations.get(random.nextInt(4)), i, i);
        }
        for (int v = 0; v + 1 < size; v++) {
            if (random.nextInt(4) == 0) {
                builder.add(v, v + 1, Relation.PROCESS, -1, -1);
            }
        }
        return builder.build();
    }

    /** Whether what was found stands for a cycle: of a kind that implies it, in the same component. */
    private static boolean standsFor(Cycle found, Cycle cycle, Components components) {
        boolean worse = cycle.kind().nonadjacent()
                && found.kind().shape().compareTo(Shape.G_SINGLE) < 0
                && found.kind().order().compareTo(cycle.kind().order()) <= 0;
        return (worse || found.kind().implies(cycle.kind()))
                && components.component(found.vertices().getFirst())
                        == components.component(cycle.vertices().getFirst());
    }

    @Test
    void everyCycleOfASmallGraphIsStoodFor() {
        var random = new SplittableRandom(1);
        int withCycles = 0;
        for (int i = 0; i < 20_000; i++) {
            var graph = random(random);
            var all = new ArrayList<Cycle>();
            for (int v = 0; v < graph.size(); v++) {
                collect(graph, new ArrayList<>(), v, v, all);
            }
            var found = CycleFinder.find(graph, Order.PROCESS);
            withCycles += all.isEmpty() ? 0 : 1;
            boolean[] scope = new boolean[graph.size()];
            Arrays.fill(scope, true);
            for (var cycle : all) {
                var components = new Components(graph, cycle.kind().mask(), false, scope);
                assertThat(found).as("%s", cycle).anyMatch(one -> standsFor(one, cycle, components));
            }
            for (var cycle : found) {
                assertThat(new HashSet<>(cycle.vertices())).hasSameSizeAs(cycle.vertices());
                assertThat(CycleKind.of(cycle.steps())).isEqualTo(cycle.kind());
            }
            for (var kind : found.stream().map(Cycle::kind).distinct().toList()) {
                if (kind.equals(found.getFirst().kind())) {
                    assertThat(shortest(found, kind)).isLessThanOrEqualTo(shortest(all, kind));
                }
            }
        }
        System.out.printf("cycles: %d of 20000 random graphs have some%n", withCycles);
        assertThat(withCycles).isBetween(5_000, 18_000);
    }

    private static int shortest(List<Cycle> cycles, CycleKind kind) {
        return cycles.stream()
                .filter(cycle -> cycle.kind().equals(kind))
                .mapToInt(cycle -> cycle.steps().size())
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
