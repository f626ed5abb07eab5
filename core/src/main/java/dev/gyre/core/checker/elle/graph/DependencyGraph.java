package dev.gyre.core.checker.elle.graph;

import java.util.Arrays;

/**
 * Transactions and the relations between them, as adjacency arrays. Realtime edges are not stored but computed, see
 * {@link RealtimeOrder}. A pair may be related in several ways.
 */
public final class DependencyGraph {
    private final int[] firstEdge;
    private final int[] target;
    private final byte[] relation;
    private final int[] before;
    private final int[] after;
    private final RealtimeOrder realtime;

    private DependencyGraph(Builder from) {
        int edges = from.size;
        firstEdge = new int[from.vertices + 1];
        for (int e = 0; e < edges; e++) {
            firstEdge[from.from[e] + 1]++;
        }
        for (int v = 0; v < from.vertices; v++) {
            firstEdge[v + 1] += firstEdge[v];
        }
        int[] next = Arrays.copyOf(firstEdge, from.vertices);
        target = new int[edges];
        relation = new byte[edges];
        before = new int[edges];
        after = new int[edges];
        for (int e = 0; e < edges; e++) {
            int place = next[from.from[e]]++;
            target[place] = from.to[e];
            relation[place] = from.relation[e];
            before[place] = from.before[e];
            after[place] = from.after[e];
        }
        realtime = from.realtime;
    }

    /** The number of vertices. */
    public int size() {
        return firstEdge.length - 1;
    }

    /** How many edges leave a vertex. They are numbered from 0. */
    int degree(int vertex) {
        return stored(vertex) + realtime.end(vertex) - realtime.first(vertex);
    }

    /** Where an edge of a vertex leads. */
    int target(int vertex, int edge) {
        int stored = stored(vertex);
        return edge < stored ? target[firstEdge[vertex] + edge] : realtime.first(vertex) + edge - stored;
    }

    /** The relation that an edge of a vertex stands for. */
    Relation relation(int vertex, int edge) {
        return edge < stored(vertex) ? Relation.of(relation[firstEdge[vertex] + edge]) : Relation.REALTIME;
    }

    /** An edge of a vertex with its reason. */
    Step step(int vertex, int edge) {
        int place = firstEdge[vertex] + edge;
        return edge < stored(vertex)
                ? new Step(vertex, target[place], Relation.of(relation[place]), before[place], after[place])
                : new Step(vertex, target(vertex, edge), Relation.REALTIME, Step.NO_VERSION, Step.NO_VERSION);
    }

    private int stored(int vertex) {
        return firstEdge[vertex + 1] - firstEdge[vertex];
    }

    /** Collects edges up to a maximum; more are dropped, and that they were is remembered. */
    public static final class Builder {
        private final int vertices;
        private final int edgeMax;
        private final int[] counts = new int[Relation.values().length];
        private int size;
        private int[] from = new int[64];
        private int[] to = new int[64];
        private byte[] relation = new byte[64];
        private int[] before = new int[64];
        private int[] after = new int[64];
        private RealtimeOrder realtime;
        private boolean full;

        /**
         * A graph without edges.
         *
         * @param vertices how many vertices it has
         * @param edgeMax how many edges it may get, realtime edges not counted
         */
        public Builder(int vertices, int edgeMax) {
            this.vertices = vertices;
            this.edgeMax = edgeMax;
            this.realtime = RealtimeOrder.none(vertices);
        }

        /** Adds an edge. One from a vertex to itself says nothing, and is left out. */
        public void add(int source, int destination, Relation why, int versionBefore, int versionAfter) {
            if (source == destination) {
                return;
            }
            if (size == edgeMax) {
                full = true;
                return;
            }
            if (size == from.length) {
                grow();
            }
            from[size] = source;
            to[size] = destination;
            relation[size] = (byte) why.bit();
            before[size] = versionBefore;
            after[size] = versionAfter;
            counts[why.index()]++;
            size++;
        }

        /** Has realtime edges as well. */
        void realtime(RealtimeOrder order) {
            realtime = order;
        }

        /** How many edges of a relation were added. */
        public int count(Relation why) {
            return counts[why.index()];
        }

        /** Whether edges were dropped. */
        public boolean full() {
            return full;
        }

        /** The graph of the edges added so far. */
        public DependencyGraph build() {
            return new DependencyGraph(this);
        }

        private void grow() {
            int length = Math.min(edgeMax, from.length * 2);
            from = Arrays.copyOf(from, length);
            to = Arrays.copyOf(to, length);
            relation = Arrays.copyOf(relation, length);
            before = Arrays.copyOf(before, length);
            after = Arrays.copyOf(after, length);
        }
    }
}
