package dev.gyre.stream.graph;

import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.graph.Vertex.OperatorFactory;
import dev.gyre.stream.operator.AlignedWindows;
import dev.gyre.stream.operator.Combiner;
import dev.gyre.stream.operator.EpochGenerator;
import dev.gyre.stream.operator.LateSplit;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.SessionWindows;
import dev.gyre.stream.operator.Specialised;
import dev.gyre.stream.operator.WindowOperator;
import dev.gyre.stream.operator.Withholding;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Makes the operators that have to do with event time; see {@link Operators}. */
public final class TimeOperators {
    private TimeOperators() {}

    /** Makes a generator of epochs. A type of its own, so that it is found in a graph. */
    private static final class EpochFactory implements OperatorFactory {
        private final Specialised copy = Specialised.of(EpochGenerator.class);
        private final ToLongFunction<?> function;
        private final EpochGenerator.Bounds bounds;

        EpochFactory(ToLongFunction<?> function, EpochGenerator.Bounds bounds) {
            this.function = function;
            this.bounds = bounds;
        }

        @Override
        public Operator create(Vertex.Site site, Operator next) {
            return (Operator) copy.create(function, bounds, next);
        }
    }

    /**
     * See {@link EpochGenerator}.
     *
     * @param bounds what may be expected of records, and what is to be done with those that are not as expected
     */
    public static OperatorFactory epochs(ToLongFunction<?> function, EpochGenerator.Bounds bounds) {
        return new EpochFactory(function, bounds);
    }

    /** See {@link LateSplit.OnTime}. */
    public static OperatorFactory onTime() {
        var copy = Specialised.of(LateSplit.OnTime.class);
        return (site, next) -> (Operator) copy.create(next);
    }

    /** See {@link LateSplit.TooLate}. */
    public static OperatorFactory tooLate() {
        return (site, next) -> new LateSplit.TooLate(0, next);
    }

    /**
     * Sums up records by window.
     *
     * @param lateness how long a window that is over can be added to, in nanoseconds
     * @param keepsLate whether there is a way for late ones
     */
    public static OperatorFactory windows(
            String name, Windows windows, Aggregate<?, ?, ?> aggregate, long lateness, boolean keepsLate) {
        var frame = new WindowOperator.Frame(name, lateness, keepsLate);
        return switch (windows) {
            case Windows.Aligned aligned -> new AlignedFactory(frame, aligned, aggregate);
            case Windows.Session session -> {
                var copy = Specialised.of(SessionWindows.class);
                yield (site, next) -> (Operator) copy.create(frame, windows, aggregate, site.groups(), next);
            }
        };
    }

    /** Makes windows that are the same for all keys, and what sums up their records before the exchange. */
    private static final class AlignedFactory implements Vertex.Combining {
        private final Specialised copy = Specialised.of(AlignedWindows.class);
        private final Optional<Specialised> combiner;
        private final WindowOperator.Frame frame;
        private final Windows.Aligned windows;
        private final Aggregate<?, ?, ?> aggregate;

        /** A sum may be added to one window alone, so there is none of overlapping windows; and who wants late records wants them one by one. */
        AlignedFactory(WindowOperator.Frame frame, Windows.Aligned windows, Aggregate<?, ?, ?> aggregate) {
            this.frame = frame;
            this.windows = windows;
            this.aggregate = aggregate;
            boolean isCombined = windows.size() == windows.slide() && !frame.keepsLate();
            this.combiner = isCombined ? Optional.of(Specialised.of(Combiner.class)) : Optional.empty();
        }

        @Override
        public Operator create(Vertex.Site site, Operator next) {
            return (Operator) copy.create(frame, windows, aggregate, site.groups(), next);
        }

        @Override
        public Optional<Withholding> before(Operator exchange) {
            return combiner.map(each -> (Withholding) each.create(windows, aggregate, exchange));
        }
    }

    /**
     * Sees to it that partitions which are held together can hear of each other.
     *
     * @throws IllegalArgumentException when an exchange behind them also takes records that have no time: it would never say how far all are
     */
    static void checkHeld(Vertex vertex) {
        if (vertex.part() instanceof Vertex.Part.Applies(EpochFactory factory)
                && factory.bounds.maxDrift() < Long.MAX_VALUE) {
            checkBehind(vertex);
        }
    }

    private static void checkBehind(Vertex vertex) {
        for (var consumer : vertex.consumers()) {
            var next = consumer.vertex();
            if (next.part() instanceof Vertex.Part.Exchanges) {
                untimed(next).ifPresent(source -> {
                    throw new IllegalArgumentException("maxDrift waits for all that comes to " + next
                            + ", and the records of " + source
                            + " come to it without a time: call assignTimestamps(…) behind that source as well");
                });
            } else {
                checkBehind(next);
            }
        }
    }

    /** The exchange or the union that a vertex is behind, if it is behind one: there are no partitions there. */
    public static Optional<Vertex> mixed(Vertex vertex) {
        if (vertex.part() instanceof Vertex.Part.Reads) {
            return Optional.empty();
        }
        return vertex.part().isRoot()
                ? Optional.of(vertex)
                : mixed(vertex.inputs().getFirst());
    }

    /** What gives a vertex records without a time, or without epochs: a source whose records are nowhere on their way given a time. */
    public static Optional<Vertex> untimed(Vertex vertex) {
        if (vertex.part() instanceof Vertex.Part.Applies(var factory) && factory instanceof EpochFactory) {
            return Optional.empty();
        }
        if (vertex.inputs().isEmpty()) {
            return Optional.of(vertex);
        }
        return vertex.inputs().stream()
                .map(TimeOperators::untimed)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
