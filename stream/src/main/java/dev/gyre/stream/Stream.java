package dev.gyre.stream;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.Handler;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.graph.Graph;
import dev.gyre.stream.graph.Operators;
import dev.gyre.stream.graph.Vertex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Records on their way, in a job that is being built. Each method says what becomes of them and gives the stream of what comes of it; a stream may be used
 * several times, and each use sees all records.
 *
 * <p>Functions need not be serializable: every worker builds the graph from the same class. They must not keep anything, since one object may serve
 * several workers.
 *
 * @param <T> the records
 */
public final class Stream<T> {
    private final Graph graph;
    private final Vertex vertex;

    Stream(Graph graph, Vertex vertex) {
        this.graph = graph;
        this.vertex = vertex;
    }

    Vertex vertex() {
        return vertex;
    }

    private <U> Stream<U> then(Vertex next) {
        return new Stream<>(graph, next);
    }

    /** One value of each. */
    public <U> Stream<U> map(Function<? super T, ? extends U> function) {
        return then(graph.stateless("map", Operators.map(function), vertex));
    }

    /** Those that satisfy a predicate. */
    public Stream<T> filter(Predicate<? super T> predicate) {
        return then(graph.stateless("filter", Operators.filter(predicate), vertex));
    }

    /** One value, or none, of each. */
    public <U> Stream<U> filterMap(Function<T, Optional<U>> function) {
        return then(graph.stateless("filterMap", Operators.filterMap(function), vertex));
    }

    /** Any number of values of each. */
    public <U> Stream<U> flatMap(BiConsumer<T, Output<U>> function) {
        return then(graph.stateless("flatMap", Operators.flatMap(function), vertex));
    }

    /** The same; an observer sees each record, on the worker's thread. */
    public Stream<T> inspect(Consumer<? super T> observer) {
        return then(graph.stateless("inspect", Operators.inspect(observer), vertex));
    }

    /** The same; an observer sees each epoch, in nanoseconds of event time, on the worker's thread. */
    public Stream<T> inspectFrontier(LongConsumer observer) {
        return then(graph.stateless("inspectFrontier", Operators.inspectFrontier(observer), vertex));
    }

    /**
     * What an operator of one's own makes of records, epochs and the ends of batches.
     *
     * @param what it does, for people
     * @param handlers makes one: for each worker, and when the graph is drawn
     */
    public <U> Stream<U> handle(String what, Supplier<? extends Handler<? super T, U>> handlers) {
        return then(graph.stateless(what, Operators.handling(handlers), vertex));
    }

    /**
     * Several streams, each with those records that are sent there: {@code split(2, (order, to) -> to.accept(order.isLarge() ? 1 : 0))}. A record may go
     * to any of them: to one, to several, to none.
     *
     * @param branches how many, at least 1
     * @param router is given a record, and what to call with the number, from 0, of each stream that is to get it; it is asked once for each stream, and must
     *     say the same
     */
    public List<Stream<T>> split(int branches, BiConsumer<? super T, IntConsumer> router) {
        if (branches < 1) {
            throw new IllegalArgumentException("a stream is split in at least 1, not in " + branches);
        }
        return IntStream.range(0, branches)
                .mapToObj(branch -> this.<T>then(
                        graph.stateless("split " + branch, Operators.split(branches, branch, router), vertex)))
                .toList();
    }

    /**
     * The same records with event times, which windows need; it is said next in which order they come.
     *
     * @param time in nanoseconds, see {@link EventTime}
     */
    public Timestamps<T> assignTimestamps(ToLongFunction<? super T> time) {
        return Timestamps.of(graph, vertex, time);
    }

    /** As {@link #assignTimestamps}, of instants. */
    public Timestamps<T> assignInstants(Function<? super T, Instant> time) {
        return assignTimestamps(value -> EventTime.of(time.apply(value)));
    }

    /** The records of this stream and of another, in any order; those of one stream stay in theirs. */
    public Stream<T> union(Stream<T> other) {
        return then(graph.union(vertex, other.vertex));
    }

    /** The records by key: those of one key come to one worker, in the order in which each worker sent them. */
    public <K> KeyedStream<K, T> keyBy(String name, Function<? super T, ? extends K> key) {
        return new KeyedStream<>(graph, graph.stateless("keyBy " + name, Operators.key(key), vertex), false, name);
    }

    /**
     * A number of each record by a key that is a number: faster than {@link #keyBy} with objects.
     *
     * @param name of the key
     * @param number what goes on with the key
     */
    public NumberStream numbersBy(String name, ToLongFunction<? super T> key, ToLongFunction<? super T> number) {
        return new NumberStream(
                graph, graph.stateless("numbersBy " + name, Operators.number(key, number), vertex), name, false);
    }

    /** The same records, spread evenly over the workers. */
    public Stream<T> distribute() {
        return then(graph.exchange("distribute", graph.stateless("distribute", Operators.spread(), vertex)));
    }

    /** Records leave the job. */
    public void sink(String name, Sink<? super T> sink) {
        graph.sink(name, sink, vertex);
    }

    /** Nobody needs the records: what came before has had its effect. */
    public void discard() {
        graph.sink("discard " + vertex.id(), (Sink<T>) context -> (value, time) -> {}, vertex);
    }
}
