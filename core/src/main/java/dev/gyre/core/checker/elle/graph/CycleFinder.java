package dev.gyre.core.checker.elle.graph;

import dev.gyre.core.checker.elle.graph.CycleKind.Order;
import dev.gyre.core.checker.elle.graph.CycleKind.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds short cycles of each kind, the worst kind first.
 *
 * <p>Whether a component holds a cycle of some kind is known in linear time, by {@link Components}; only how short the
 * cycle is that is shown depends on how long the search may go on. There is one exception: a component may have cycles
 * without two adjacent anti-dependencies and still none with just one, so the search for those alone may end empty
 * before all was tried. Every model here that forbids G-single forbids G-nonadjacent too, so no verdict depends on it.
 *
 * <p>A kind is not looked for in a component where one was found that implies it.
 */
public final class CycleFinder {
    /** How many components are searched for each kind: enough to show, and a broken system has thousands. */
    private static final int COMPONENTS_MAX = 16;

    /** Edges to look at in a component once it has given one cycle, for a shorter one. */
    private static final long SHORTEN_EDGES_MAX = 500_000;

    /** Edges to look at for a kind that components may not have. */
    private static final long TRY_EDGES_MAX = 10_000_000;

    private final DependencyGraph graph;
    private final boolean[] scope;
    private final List<Cycle> found = new ArrayList<>();
    private final int[] stamp;
    private final int[] parent;
    private final int[] edgeFromParent;
    private final int[] queue;
    private int searches;
    private long looked;

    private CycleFinder(DependencyGraph graph) {
        this.graph = graph;
        scope = new boolean[graph.size()];
        int nodes = 2 * graph.size();
        stamp = new int[nodes];
        parent = new int[nodes];
        edgeFromParent = new int[nodes];
        queue = new int[nodes];
    }

    /**
     * The cycles of a graph.
     *
     * @param strongest up to which order cycles count
     * @return cycles in the order of severity: data dependencies alone first, real time last; none if there are none
     */
    public static List<Cycle> find(DependencyGraph graph, Order strongest) {
        var whole = components(graph);
        if (whole.isEmpty()) {
            return List.of();
        }
        var finder = new CycleFinder(graph);
        for (int[] members : whole) {
            for (int vertex : members) {
                finder.scope[vertex] = true;
            }
        }
        for (var order : Order.values()) {
            for (var shape : Shape.values()) {
                if (order.compareTo(strongest) <= 0) {
                    finder.search(new CycleKind(shape, order));
                }
            }
        }
        return List.copyOf(finder.found);
    }

    /** The sets of vertices, of two or more, that all reach each other by any relations; the smallest first. */
    public static List<int[]> components(DependencyGraph graph) {
        boolean[] all = new boolean[graph.size()];
        Arrays.fill(all, true);
        return new Components(graph, new CycleKind(Shape.G2_ITEM, Order.REALTIME).mask(), false, all).nontrivial();
    }

    private void search(CycleKind kind) {
        var components = new Components(graph, kind.mask(), kind.nonadjacent(), scope);
        int searched = 0;
        long spent = 0;
        for (int[] members : components.nontrivial()) {
            if (covered(kind, components, components.component(members[0]))) {
                continue;
            }
            var cycle = shortest(kind, components, members);
            if (!cycle.isEmpty()) {
                var simple = Cycle.of(simple(cycle));
                if (!found.contains(simple)) {
                    found.add(simple);
                }
                searched++;
            }
            spent += looked;
            if (searched == COMPONENTS_MAX || (kind.shape() == Shape.G_SINGLE && spent > TRY_EDGES_MAX)) {
                return;
            }
        }
    }

    /** A cycle found before that is of this kind too lies in one component; any node of it tells which. */
    private boolean covered(CycleKind kind, Components components, int component) {
        for (var cycle : found) {
            if (cycle.kind().implies(kind)) {
                for (var step : cycle.steps()) {
                    int node = kind.nonadjacent() ? 2 * step.from() : step.from();
                    boolean tells = !kind.nonadjacent() || step.relation() == Relation.RW;
                    if (tells && components.component(node) == component) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private List<Step> shortest(CycleKind kind, Components components, int[] members) {
        List<Step> best = List.of();
        looked = 0;
        for (int node : members) {
            int vertex = components.vertex(node);
            for (int edge = 0; edge < graph.degree(vertex); edge++) {
                if (graph.relation(vertex, edge) != kind.anchor()) {
                    continue;
                }
                int target = components.follow(node, edge, kind.mask());
                if (target < 0 || components.component(target) != components.component(node)) {
                    continue;
                }
                int stepsMax = best.isEmpty() ? Integer.MAX_VALUE : best.size() - 2;
                if (path(components, kind.closingMask(), target, node, stepsMax)) {
                    best = steps(components, vertex, edge, target, node);
                }
                boolean tried = looked > (best.isEmpty() ? TRY_EDGES_MAX : SHORTEN_EDGES_MAX);
                if (best.size() == 2 || (tried && (!best.isEmpty() || kind.shape() == Shape.G_SINGLE))) {
                    return best;
                }
            }
        }
        return best;
    }

    /** Breadth first from one node to another in their component; leaves the way in {@code parent}. */
    private boolean path(Components components, int relations, int from, int to, int stepsMax) {
        searches++;
        int head = 0;
        int tail = 0;
        int levelEnd = 1;
        int steps = 0;
        queue[tail++] = from;
        stamp[from] = searches;
        while (head < tail && steps < stepsMax) {
            int node = queue[head++];
            int degree = graph.degree(components.vertex(node));
            looked += degree;
            for (int edge = 0; edge < degree; edge++) {
                int target = components.follow(node, edge, relations);
                if (target < 0
                        || stamp[target] == searches
                        || components.component(target) != components.component(from)) {
                    continue;
                }
                stamp[target] = searches;
                parent[target] = node;
                edgeFromParent[target] = edge;
                if (target == to) {
                    return true;
                }
                queue[tail++] = target;
            }
            if (head == levelEnd) {
                steps++;
                levelEnd = tail;
            }
        }
        return false;
    }

    private List<Step> steps(Components components, int vertex, int edge, int target, int node) {
        var back = new ArrayList<Step>();
        for (int at = node; at != target; at = parent[at]) {
            back.add(graph.step(components.vertex(parent[at]), edgeFromParent[at]));
        }
        back.add(graph.step(vertex, edge));
        return back.reversed();
    }

    /**
     * Cuts a closed walk that comes by a vertex twice. Of the two closed walks that it falls into there, at least one
     * has no two adjacent anti-dependencies where it was cut, for neither had the whole; that one is kept.
     */
    private static List<Step> simple(List<Step> walk) {
        for (int end = 1; end < walk.size(); end++) {
            for (int start = 0; start < end; start++) {
                if (walk.get(start).from() == walk.get(end).from()) {
                    var inner = walk.subList(start, end);
                    if (inner.getFirst().relation() != Relation.RW
                            || inner.getLast().relation() != Relation.RW) {
                        return simple(inner);
                    }
                    var outer = new ArrayList<>(walk.subList(0, start));
                    outer.addAll(walk.subList(end, walk.size()));
                    return simple(outer);
                }
            }
        }
        return walk;
    }
}
