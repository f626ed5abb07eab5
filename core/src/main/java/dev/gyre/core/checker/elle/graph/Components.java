package dev.gyre.core.checker.elle.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Strongly connected components (Tarjan, 1972), without recursion.
 *
 * <p>Of a graph as it is, the nodes are its vertices. When anti-dependencies must not be adjacent, vertex v has two
 * nodes: 2v, reached by any other edge, and 2v + 1, reached by an anti-dependency and so not left by one. A component
 * of more than one node then stands for a closed walk without two anti-dependencies in a row, found in linear time.
 */
final class Components {
    private final DependencyGraph graph;
    private final int mask;
    private final boolean nonadjacent;
    private final boolean[] scope;
    private final int[] order;
    private final int[] low;
    private final int[] cursor;
    private final int[] component;
    private final List<int[]> nontrivial = new ArrayList<>();
    private int visited;

    /**
     * Finds the components.
     *
     * @param mask the relations that count, as bits
     * @param nonadjacent whether no two anti-dependencies may be in a row
     * @param scope which vertices to look at
     */
    Components(DependencyGraph graph, int mask, boolean nonadjacent, boolean[] scope) {
        this.graph = graph;
        this.mask = mask;
        this.nonadjacent = nonadjacent;
        this.scope = scope;
        int nodes = nonadjacent ? 2 * graph.size() : graph.size();
        order = new int[nodes];
        low = new int[nodes];
        cursor = new int[nodes];
        component = new int[nodes];
        Arrays.fill(component, -1);
        int[] path = new int[nodes];
        int[] pending = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            if (order[node] == 0 && scope[vertex(node)]) {
                visit(node, path, pending);
            }
        }
        nontrivial.sort(
                Comparator.<int[]>comparingInt(members -> members.length).thenComparingInt(members -> members[0]));
    }

    /** The components of more than one node, the smallest first; each has its nodes in ascending order. */
    List<int[]> nontrivial() {
        return nontrivial;
    }

    /** The component of a node: equal numbers for nodes of one component. */
    int component(int node) {
        return component[node];
    }

    /** The vertex that a node stands for. */
    int vertex(int node) {
        return nonadjacent ? node >> 1 : node;
    }

    /** Where an edge of a node leads, or -1 if it may not be followed. */
    int follow(int node, int edge, int relations) {
        int vertex = vertex(node);
        Relation relation = graph.relation(vertex, edge);
        if ((relation.bit() & relations) == 0) {
            return -1;
        }
        int target = graph.target(vertex, edge);
        if (!scope[target]) {
            return -1;
        }
        if (!nonadjacent) {
            return target;
        }
        if (relation != Relation.RW) {
            return 2 * target;
        }
        return (node & 1) == 1 ? -1 : 2 * target + 1;
    }

    /** The two stacks are those of Tarjan: the path from the root, and the nodes whose component is still open. */
    private void visit(int root, int[] path, int[] pending) {
        int depth = 0;
        int open = 0;
        path[depth++] = root;
        pending[open++] = root;
        order[root] = low[root] = ++visited;
        while (depth > 0) {
            int node = path[depth - 1];
            int next = -1;
            while (cursor[node] < graph.degree(vertex(node)) && next < 0) {
                int target = follow(node, cursor[node]++, mask);
                if (target >= 0 && order[target] == 0) {
                    next = target;
                } else if (target >= 0 && component[target] < 0) {
                    low[node] = Math.min(low[node], order[target]);
                }
            }
            if (next >= 0) {
                order[next] = low[next] = ++visited;
                path[depth++] = next;
                pending[open++] = next;
                continue;
            }
            depth--;
            if (depth > 0) {
                low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[node]);
            }
            if (low[node] == order[node]) {
                open = close(node, pending, open);
            }
        }
    }

    /** Takes the nodes above a root off the stack of open ones: they are its component. */
    private int close(int root, int[] pending, int open) {
        int first = open;
        do {
            first--;
            component[pending[first]] = root;
        } while (pending[first] != root);
        if (open - first > 1) {
            int[] members = Arrays.copyOfRange(pending, first, open);
            Arrays.sort(members);
            nontrivial.add(members);
        }
        return first;
    }
}
