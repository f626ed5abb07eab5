package dev.gyre.stream;

import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.graph.TimeOperators;
import dev.gyre.stream.graph.Vertex;
import dev.gyre.stream.operator.Aggregates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/**
 * The records of each key, in windows of event time: it remains to say what is made of those of a window. There is a result when the time of a window is
 * over, once; its own event time is the last moment of the window. What comes later is late: it is dropped, unless one of the methods here says otherwise.
 *
 * @param <K> the keys
 * @param <T> the values
 */
public final class Windowed<K, T> {
    private final KeyedStream<K, T> stream;
    private final Windows windows;
    private final long latenessNanos;
    private final Optional<Consumer<KeyedStream<K, T>>> late;

    Windowed(
            KeyedStream<K, T> stream, Windows windows, long latenessNanos, Optional<Consumer<KeyedStream<K, T>>> late) {
        this.stream = stream;
        this.windows = windows;
        this.latenessNanos = latenessNanos;
        this.late = late;
    }

    /**
     * Late records still count for so long: each gives another, corrected result of its window. That a correction is no late record itself for what follows, time is held
     * back there by as much.
     *
     * @param lateness in event time, not negative
     */
    public Windowed<K, T> allowedLateness(Duration lateness) {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("the lateness that is allowed is zero or more, not " + lateness);
        }
        return new Windowed<>(stream, windows, EventTime.nanos(lateness), late);
    }

    /**
     * Records that are too late for all of their windows go another way.
     *
     * @param handler is given the stream of late records, which has no epochs
     */
    public Windowed<K, T> lateTo(Consumer<KeyedStream<K, T>> handler) {
        return new Windowed<>(stream, windows, latenessNanos, Optional.of(handler));
    }

    /**
     * What an aggregate makes of the records of each window.
     *
     * @param name of the state
     * @throws IllegalArgumentException when records come from a source without being given a time: names both
     */
    public <A, R> KeyedStream<K, WindowResult<R>> aggregate(
            String name, Aggregate<? super T, A, ? extends R> aggregate) {
        var factory = TimeOperators.windows(name, windows, aggregate, latenessNanos, late.isPresent());
        var input = stream.timed(name);
        return split(stream.graph().stateful(name, factory, input));
    }

    private <U> KeyedStream<K, U> split(Vertex vertex) {
        if (late.isEmpty()) {
            return stream.then(vertex);
        }
        late.get().accept(stream.then(stream.graph().stateless("late", TimeOperators.tooLate(), vertex)));
        return stream.then(stream.graph().stateless("on time", TimeOperators.onTime(), vertex));
    }

    /** How many records there are in each window. */
    public KeyedStream<K, WindowResult<Long>> count(String name) {
        return aggregate(name, new Aggregates.Count<T>());
    }

    /** The records of each window as one, by an associative function that makes one of two. Records of one worker stay in order; it may be given what came of several. */
    public KeyedStream<K, WindowResult<T>> reduce(String name, BinaryOperator<T> function) {
        return aggregate(name, new Aggregates.Reduce<>(function));
    }

    /** The records of each window, as they came. All are kept until it is over. */
    public KeyedStream<K, WindowResult<List<T>>> collect(String name) {
        return aggregate(name, new Aggregates.Collect<T>());
    }
}
