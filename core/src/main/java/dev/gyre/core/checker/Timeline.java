package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The calls and returns of operations in order of time, as a doubly linked list from which an operation is lifted when it
 * is placed and put back when that is undone (Wing and Gong; Lowe, "Testing for linearizability").
 *
 * <p>Operations are numbered by return. An entry is an int: {@link #END} closes the ring, and the call and the return of
 * operation n are 2n + 1 and 2n + 2. At equal times calls come before returns: operations that only touch count as
 * concurrent, so that no verdict of invalid rests on the resolution of a clock.
 */
final class Timeline {
    static final int END = 0;

    private final int[] next;
    private final int[] previous;

    /** Takes operations in order of their returns. */
    Timeline(List<? extends Operation<?, ?>> byReturn) {
        int entries = 2 * byReturn.size();
        next = new int[entries + 1];
        previous = new int[entries + 1];
        int last = END;
        int[] ordered = IntStream.rangeClosed(1, entries)
                .boxed()
                .sorted(Comparator.comparingLong((Integer entry) -> timeOf(byReturn.get(operation(entry)), entry))
                        .thenComparing(Timeline::isReturn)
                        .thenComparing(entry -> entry))
                .mapToInt(entry -> entry)
                .toArray();
        for (int entry : ordered) {
            link(last, entry);
            last = entry;
        }
        link(last, END);
    }

    private static long timeOf(Operation<?, ?> operation, int entry) {
        return isReturn(entry) ? operation.completedNanos() : operation.invokedNanos();
    }

    static int call(int operation) {
        return 2 * operation + 1;
    }

    /** Whether an entry is a return, or the end: a look for what may come next stops at either. */
    static boolean isReturn(int entry) {
        return entry % 2 == 0;
    }

    /** The operation of an entry that is not {@link #END}. */
    static int operation(int entry) {
        return (entry - 1) / 2;
    }

    int first() {
        return next[END];
    }

    int after(int entry) {
        return next[entry];
    }

    void lift(int operation) {
        int call = call(operation);
        // The return goes first, so that the entry after the call is the right one even when the two are neighbours.
        unlink(call + 1);
        unlink(call);
    }

    /** Undoes the last lift that was not undone yet. */
    void putBack(int operation) {
        int call = call(operation);
        relink(call);
        relink(call + 1);
    }

    private void link(int from, int to) {
        next[from] = to;
        previous[to] = from;
    }

    private void unlink(int entry) {
        link(previous[entry], next[entry]);
    }

    private void relink(int entry) {
        next[previous[entry]] = entry;
        previous[next[entry]] = entry;
    }
}
