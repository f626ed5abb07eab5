package dev.gyre.stream;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.KeyedFunction;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.SubKey;
import dev.gyre.stream.api.TimedFunction;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.graph.Graph;
import dev.gyre.stream.graph.Operators;
import dev.gyre.stream.graph.TimeOperators;
import dev.gyre.stream.graph.Vertex;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Records by key: all of a key are on one worker, which knows the state of the key. What is done to the values leaves the keys as they are.
 *
 * @param <K> the keys
 * @param <T> the values
 */
public final class KeyedStream<K, T> {
    private final Graph graph;
    private final Vertex vertex;
    private final boolean isExchanged;
    private final String key;
    private Vertex exchanged;

    KeyedStream(Graph graph, Vertex vertex, boolean isExchanged, String key) {
        this.graph = graph;
        this.vertex = vertex;
        this.isExchanged = isExchanged;
        this.key = key;
        this.exchanged = vertex;
    }

    /** The exchange is made when something is done with the keys, once for all that is. */
    private Vertex here() {
        if (!isExchanged && exchanged.equals(vertex)) {
            exchanged = graph.exchange("exchange by " + key, vertex);
        }
        return exchanged;
    }

    Graph graph() {
        return graph;
    }

    /** This stream for an operator that needs event time. */
    Vertex timed(String name) {
        timedInput(name);
        return here();
    }

    /** This stream for a join, which is an exchange itself. */
    Vertex timedInput(String name) {
        TimeOperators.untimed(vertex).ifPresent(source -> {
            throw new IllegalArgumentException("\"" + name + "\" needs event time, and the records of " + source
                    + " come to it without: call assignTimestamps(…) behind the source");
        });
        return vertex;
    }

    <U> KeyedStream<K, U> then(Vertex next) {
        return new KeyedStream<>(graph, next, true, key);
    }

    /** One value of each. */
    public <U> KeyedStream<K, U> map(Function<? super T, ? extends U> function) {
        return then(graph.stateless("map", Operators.map(function), here()));
    }

    /** Those that satisfy a predicate. */
    public KeyedStream<K, T> filter(Predicate<? super T> predicate) {
        return then(graph.stateless("filter", Operators.filter(predicate), here()));
    }

    /**
     * For each record the value that its key has then.
     *
     * @param name of the state
     * @param initial the value of a key of which there was no record
     * @param function makes the new value of the old one and a record
     */
    public <S> KeyedStream<K, S> fold(String name, S initial, BiFunction<? super S, ? super T, ? extends S> function) {
        return then(graph.stateful(name, Operators.fold(name, initial, function), here()));
    }

    /**
     * What a function makes of each record and of what it knows of its key.
     *
     * @param name of the state
     */
    public <S, O> KeyedStream<K, O> stateful(String name, KeyedFunction<K, T, S, O> function) {
        return then(graph.stateful(name, Operators.stateful(name, function), here()));
    }

    /**
     * One value of each record and of what is known of its key, which is replaced or forgotten.
     *
     * @param name of the state
     */
    public <S, O> KeyedStream<K, O> statefulMap(String name, Next.Function<K, T, S, O> function) {
        return this.<S, O>stateful(name, (key, value, state, out) -> {
            var next = function.apply(key, value, state.get());
            next.state().ifPresentOrElse(state::set, state::clear);
            out.emit(next.output());
        });
    }

    /**
     * What a function makes of each record, and of the times for which it has set a timer, and of what it knows of its key.
     *
     * @param name of the state
     * @throws IllegalArgumentException when records come from a source without being given a time: names both
     */
    public <S, O> KeyedStream<K, O> stateful(String name, TimedFunction<K, T, S, O> function) {
        return then(graph.stateful(name, Operators.timers(name, function), timed(name)));
    }

    /**
     * As {@link #statefulMap}, but what is known of a key lives for a while only: a record that comes as long, in event time, after the latest one of its key, or longer, finds nothing, and the
     * state is forgotten when event time is there.
     *
     * @param name of the state
     * @param life above zero
     * @throws IllegalArgumentException when records come from a source without being given a time: names both
     */
    public <S, O> KeyedStream<K, O> ttlMap(String name, Duration life, Next.Function<K, T, S, O> function) {
        if (!life.isPositive()) {
            throw new IllegalArgumentException(
                    "what \"" + name + "\" knows of a key lives for a time above zero, not " + life);
        }
        return stateful(name, new Expiring<>(EventTime.nanos(life), function));
    }

    /**
     * The same records by a finer key: they stay where they are, and each part of a key has a state of its own. No record is sent for that, where {@link Stream#keyBy} would send
     * each of them again. So who keys by what belongs together first, and by its parts then, decides what is on one worker.
     *
     * @param name of the inner key
     * @param inner of a type of which keys may be; some thousands for an outer key do no harm, millions do
     */
    public <L> KeyedStream<SubKey<K, L>, T> keyLocal(String name, Function<? super T, ? extends L> inner) {
        graph.type(SubKey.class);
        var vertex = graph.stateless("keyLocal " + name, Operators.subKey(inner), here());
        return new KeyedStream<>(graph, vertex, true, key + " and " + name);
    }

    /** The records of each key in windows of event time; it is said next what is made of them. */
    public Windowed<K, T> window(Windows windows) {
        return new Windowed<>(this, windows, 0, Optional.empty());
    }

    /** The records of this stream with those of another that have the same key; it is said next how near each other they are. */
    public <U> Joined<K, T, U> join(KeyedStream<K, U> other) {
        return new Joined<>(this, other);
    }

    /** The values alone. */
    public Stream<T> values() {
        return new Stream<>(graph, here());
    }

    /** The values with their keys. */
    public Stream<Keyed<K, T>> entries() {
        return new Stream<>(graph, graph.stateless("entries", Operators.entry(), here()));
    }

    /** Values leave the job. */
    public void sink(String name, Sink<? super T> sink) {
        values().sink(name, sink);
    }
}
