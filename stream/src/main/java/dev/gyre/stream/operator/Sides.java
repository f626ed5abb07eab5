package dev.gyre.stream.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The records of both inputs of a join that have one key and are in one window, in the order in which they came. Most keys have one or two, and there are many keys. */
final class Sides {
    /** As values that can be written: a list of two lists. An operator itself cannot make functions of its own. */
    static final UnaryOperator<Object> SHOWN = sides -> ((Sides) sides).toLists();

    /** Of what was shown. */
    static final UnaryOperator<Object> MADE = Sides::of;

    private static final Object[] NONE = {};

    private Object[] left = NONE;
    private Object[] right = NONE;
    private int leftSize;
    private int rightSize;

    /** Adds a record of an input: {@link JoinOperator#LEFT} or {@link JoinOperator#RIGHT}. */
    void add(int side, Object value) {
        if (side == JoinOperator.LEFT) {
            left = withRoom(left, leftSize);
            left[leftSize++] = value;
        } else {
            right = withRoom(right, rightSize);
            right[rightSize++] = value;
        }
    }

    private static Object[] withRoom(Object[] values, int size) {
        return size < values.length ? values : Arrays.copyOf(values, Math.max(1, 2 * size));
    }

    int lefts() {
        return leftSize;
    }

    int rights() {
        return rightSize;
    }

    Object left(int i) {
        return left[i];
    }

    Object right(int i) {
        return right[i];
    }

    private List<List<Object>> toLists() {
        return List.of(list(left, leftSize), list(right, rightSize));
    }

    private static List<Object> list(Object[] values, int size) {
        return new ArrayList<>(Arrays.asList(values).subList(0, size));
    }

    private static Sides of(Object lists) {
        var sides = new Sides();
        int side = JoinOperator.LEFT;
        for (var values : (List<?>) lists) {
            for (var value : (List<?>) values) {
                sides.add(side, value);
            }
            side = JoinOperator.RIGHT;
        }
        return sides;
    }
}
