package dev.gyre.core.checker.elle.graph;

/**
 * Which vertices begin after a vertex has ended, reduced to the immediate ones.
 *
 * <p>Vertices are numbered by invocation. What follows v begins at the first vertex that was invoked after v completed;
 * whatever was invoked after one of those completed is reached through it. So the immediate successors of v are a range
 * of numbers, and two integers a vertex hold the transitive reduction of an order that has a quadratic number of pairs.
 */
public final class RealtimeOrder {
    private final int[] first;
    private final int[] end;

    private RealtimeOrder(int[] first, int[] end) {
        this.first = first;
        this.end = end;
    }

    /** The first immediate successor of a vertex. */
    public int first(int vertex) {
        return first[vertex];
    }

    /** The number after the last immediate successor of a vertex; that of the first one if there is none. */
    public int end(int vertex) {
        return end[vertex];
    }

    /**
     * The order of vertices that are sorted by invocation.
     *
     * @param invoked when each was invoked, ascending
     * @param completed when each completed; {@code Long.MAX_VALUE} if it never did. One that completes at the very time
     *     at which another is invoked counts as concurrent with it.
     */
    static RealtimeOrder of(long[] invoked, long[] completed) {
        int size = invoked.length;
        long[] earliestCompletion = new long[size + 1];
        earliestCompletion[size] = Long.MAX_VALUE;
        for (int v = size - 1; v >= 0; v--) {
            earliestCompletion[v] = Math.min(completed[v], earliestCompletion[v + 1]);
        }
        int[] first = new int[size];
        int[] end = new int[size];
        for (int v = 0; v < size; v++) {
            first[v] = firstInvokedAfter(completed[v], invoked);
            end[v] = first[v] == size ? size : firstInvokedAfter(earliestCompletion[first[v]], invoked);
        }
        return new RealtimeOrder(first, end);
    }

    /** The order in which nothing follows anything. */
    static RealtimeOrder none(int size) {
        return new RealtimeOrder(new int[size], new int[size]);
    }

    private static int firstInvokedAfter(long time, long[] invoked) {
        int low = 0;
        int high = invoked.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (invoked[middle] > time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
