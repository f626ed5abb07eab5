package dev.gyre.stream.graph;

import dev.gyre.stream.api.Windows;
import dev.gyre.stream.graph.Vertex.OperatorFactory;
import dev.gyre.stream.graph.Vertex.PortsFactory;
import dev.gyre.stream.operator.IntervalJoin;
import dev.gyre.stream.operator.JoinOperator;
import dev.gyre.stream.operator.LateSplit;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Reach;
import dev.gyre.stream.operator.Specialised;
import dev.gyre.stream.operator.WindowJoin;
import dev.gyre.stream.operator.WindowOperator;
import java.util.List;
import java.util.function.BiFunction;

/** Makes joins; see {@link Operators}. */
public final class JoinOperators {
    private JoinOperators() {}

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
