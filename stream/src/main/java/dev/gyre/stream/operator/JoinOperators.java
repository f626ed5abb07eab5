package dev.gyre.stream.operator;

import dev.gyre.stream.Windows;
import dev.gyre.stream.graph.Vertex.OperatorFactory;
import dev.gyre.stream.graph.Vertex.PortsFactory;
import java.util.List;
import java.util.function.BiFunction;

/** Makes joins; see {@link Operators}. */
public final class JoinOperators {
    private JoinOperators() {}

    /**
     * How far a record of the second input may be from one of the first, in nanoseconds of event time.
     *
     * @param before it at most
     * @param after it at most
     */
    public record Reach(long before, long after) {}

    /** See {@link WindowJoin}. */
    public static PortsFactory inWindow(
            String name, Windows.Aligned windows, BiFunction<?, ?, ?> function, boolean keepsLate) {
        var frame = new WindowOperator.Frame(name, 0, keepsLate);
        var copy = Specialised.of(WindowJoin.class);
        return (site, next) -> ports(copy.create(frame, windows, function, site.groups(), next));
    }

    /** See {@link IntervalJoin}. */
    public static PortsFactory within(String name, Reach reach, BiFunction<?, ?, ?> function, boolean keepsLate) {
        var frame = new WindowOperator.Frame(name, 0, keepsLate);
        var copy = Specialised.of(IntervalJoin.class);
        return (site, next) -> ports(copy.create(frame, reach, function, site.groups(), next));
    }

    private static List<Operator> ports(Object operator) {
        var join = (JoinOperator<?>) operator;
        return List.of(join, new JoinOperator.Right(join));
    }

    /** The way of late records of an input of a join, 0 or 1. */
    public static OperatorFactory tooLate(int side) {
        return (site, next) -> new LateSplit.TooLate(side, next);
    }
}
