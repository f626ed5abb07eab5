package dev.gyre.core;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Who is whose neighbour. Every topology here is symmetric and connected, so that what each node passes on to its
 * neighbours reaches all. Nodes are known by their place in the cluster's list.
 */
@FunctionalInterface
public interface Topology {
    /**
     * The neighbours of a node.
     *
     * @param node the id of the node
     * @param nodes the ids of all nodes, in the order that all of them see
     * @return the ids of its neighbours, in that order
     */
    List<String> neighbours(String node, List<String> nodes);

    /** Every node is a neighbour of every other. */
    static Topology mesh() {
        return of((a, b, n) -> true);
    }

    /** Each node has the one before it and the one after it. */
    static Topology line() {
        return of((a, b, n) -> b - a == 1);
    }

    /** A line whose ends are neighbours too. */
    static Topology ring() {
        return of((a, b, n) -> b - a == 1 || (a == 0 && b == n - 1));
    }

    /** All nodes are neighbours of the first, and of no other: two hops from any to any. */
    static Topology star() {
        return of((a, b, n) -> a == 0);
    }

    /** Rows of ⌈√n⌉ nodes, each with those to its left and right, above and below. */
    static Topology grid() {
        return of((a, b, n) -> {
            int width = side(n);
            return b - a == width || (b - a == 1 && b % width != 0);
        });
    }

    /**
     * Groups of ⌈√n⌉ nodes: the first of each group is a neighbour of all in it and of the first of every other group.
     * Three hops from any to any, with about √n neighbours at most; the load of a star spread over several centres.
     */
    static Topology sqrt() {
        return of((a, b, n) -> {
            int size = side(n);
            return a % size == 0 && (a / size == b / size || b % size == 0);
        });
    }

    /**
     * A tree, with the first node at its root.
     *
     * @param children how many each node has below it, at least 1
     */
    static Topology tree(int children) {
        if (children < 1) {
            throw new IllegalArgumentException("a node of a tree has at least 1 child, not " + children);
        }
        return of((a, b, n) -> (b - 1) / children == a);
    }

    /** Whether two nodes are neighbours, by their places: always asked with the lower one first. */
    @FunctionalInterface
    interface Edge {
        /** Whether the nodes at places {@code a < b} of {@code n} are neighbours. */
        boolean connects(int a, int b, int n);
    }

    /** The topology with these edges. */
    static Topology of(Edge edge) {
        return (node, nodes) -> {
            int self = nodes.indexOf(node);
            if (self < 0) {
                throw new IllegalArgumentException(node + " is no node of the cluster " + nodes);
            }
            int n = nodes.size();
            IntPredicate isNeighbour =
                    other -> other != self && edge.connects(Math.min(self, other), Math.max(self, other), n);
            return IntStream.range(0, n)
                    .filter(isNeighbour)
                    .mapToObj(nodes::get)
                    .toList();
        };
    }

    private static int side(int n) {
        int side = 1;
        while (side * side < n) {
            side++;
        }
        return side;
    }
}
