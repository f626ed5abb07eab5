package dev.gyre.stream;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.graph.Graph;
import dev.gyre.stream.graph.TimeOperators;
import dev.gyre.stream.graph.Vertex;
import dev.gyre.stream.operator.EpochGenerator;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Records that are being given event times: it remains to say in which order they come. Best said right behind a source, which knows its partitions: each has a time of
 * its own there, and behind a union or an exchange all have one.
 *
 * @param <T> the records
 */
public final class Timestamps<T> {
    private final Graph graph;
    private final Vertex vertex;
    private final ToLongFunction<? super T> time;
    private final long idleAfterNanos;
    private final long maxDrift;
    private final Optional<Consumer<Stream<T>>> late;

    private Timestamps(
            Graph graph,
            Vertex vertex,
            ToLongFunction<? super T> time,
            long idleAfterNanos,
            long maxDrift,
            Optional<Consumer<Stream<T>>> late) {
        this.graph = graph;
        this.vertex = vertex;
        this.time = time;
        this.idleAfterNanos = idleAfterNanos;
        this.maxDrift = maxDrift;
        this.late = late;
    }

    static <T> Timestamps<T> of(Graph graph, Vertex vertex, ToLongFunction<? super T> time) {
        return new Timestamps<>(graph, vertex, time, Long.MAX_VALUE, Long.MAX_VALUE, Optional.empty());
    }

    /**
     * A partition that has had nothing for so long is not waited for, until it has something again; that may then be late. Without this, a partition in which
     * nothing happens holds up all windows.
     *
     * @param quiet by the clock of the machine, above zero
     */
    public Timestamps<T> idleAfter(Duration quiet) {
        if (!quiet.isPositive()) {
            throw new IllegalArgumentException("a partition is idle after a time above zero, not " + quiet);
        }
        return new Timestamps<>(graph, vertex, time, EventTime.nanos(quiet), maxDrift, late);
    }

    /**
     * A partition that is further ahead of the slowest than this is not read until the others have come nearer. So what waits for them in open windows stays small when
     * history is read, whoever is read faster. Without this nobody is held back. A partition that has nothing holds up the others, unless it is
     * {@linkplain #idleAfter idle}.
     *
     * @param bound in event time, not negative: a window's length does no harm
     * @throws IllegalArgumentException when there are no partitions here, as records have come through an exchange or a union: says which
     */
    public Timestamps<T> maxDrift(Duration bound) {
        if (bound.isNegative()) {
            throw new IllegalArgumentException("partitions drift apart by zero or more, not by " + bound);
        }
        TimeOperators.mixed(vertex).ifPresent(mixed -> {
            throw new IllegalArgumentException("maxDrift holds back partitions of a source, and behind " + mixed
                    + " there are none: call assignTimestamps(…) right behind the source");
        });
        return new Timestamps<>(graph, vertex, time, idleAfterNanos, EventTime.nanos(bound), late);
    }

    /**
     * Records that come after their time was given up go another way. Without this they go on, and it is up to each window what to do with them.
     *
     * @param handler is given the stream of late records, which has no epochs
     */
    public Timestamps<T> lateTo(Consumer<Stream<T>> handler) {
        return new Timestamps<>(graph, vertex, time, idleAfterNanos, maxDrift, Optional.of(handler));
    }

    /** Within a partition, the time of no record is before that of an earlier one. Equal times are no matter. */
    public Stream<T> inOrder() {
        return maxOutOfOrderness(Duration.ZERO);
    }

    /**
     * Within a partition, the time of a record is at most so far before that of an earlier one: windows wait that much longer.
     *
     * @param bound not negative
     */
    public Stream<T> maxOutOfOrderness(Duration bound) {
        if (bound.isNegative()) {
            throw new IllegalArgumentException("records are out of order by zero or more, not by " + bound);
        }
        var bounds = new EpochGenerator.Bounds(EventTime.nanos(bound), idleAfterNanos, maxDrift, late.isPresent());
        var timed = graph.stateless("assignTimestamps", TimeOperators.epochs(time, bounds), vertex);
        if (late.isEmpty()) {
            return new Stream<>(graph, timed);
        }
        late.get().accept(new Stream<>(graph, graph.stateless("late", TimeOperators.tooLate(), timed)));
        return new Stream<>(graph, graph.stateless("on time", TimeOperators.onTime(), timed));
    }
}
