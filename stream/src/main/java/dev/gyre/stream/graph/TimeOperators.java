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
     * @param disorder how far a record may be behind an earlier one, in nanoseconds
     * @param idleAfterNanos how long a partition has nothing before it is not waited for
     * @param keepsLate whether there is a way for late ones
     */
    public static OperatorFactory epochs(
            ToLongFunction<?> function, long disorder, long idleAfterNanos, boolean keepsLate) {
        return new EpochFactory(function, new EpochGenerator.Bounds(disorder, idleAfterNanos, keepsLate));
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
