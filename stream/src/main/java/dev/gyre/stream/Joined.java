package dev.gyre.stream;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.graph.JoinOperators;
import dev.gyre.stream.graph.TimeOperators;
import dev.gyre.stream.operator.Reach;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Two streams with keys of one type: it remains to say which records of a key belong to each other in event time.
 *
 * @param <K> the keys
 * @param <T> the values of the first stream
 * @param <U> the values of the second
 */
public final class Joined<K, T, U> {
    private final KeyedStream<K, T> left;
    private final KeyedStream<K, U> right;

    Joined(KeyedStream<K, T> left, KeyedStream<K, U> right) {
        this.left = left;
        this.right = right;
    }

    /** Those in the same window; the pairs of a window come when it is over, and their event time is its last moment. */
    public Pairs<K, T, U> window(Windows.Aligned windows) {
        return new Pairs<>(this, new Range.InWindow(windows), Optional.empty(), Optional.empty());
    }

    /**
     * Each record of the first stream, and those of the second that are at most so far before and behind it. Pairs come as soon as both are here, with the later of their
     * times.
     *
     * @param before not negative
     * @param after not negative
     */
    public Pairs<K, T, U> within(Duration before, Duration after) {
        if (before.isNegative() || after.isNegative()) {
            throw new IllegalArgumentException(
                    "records are joined within zero or more, not " + before + " before and " + after + " after");
        }
        var range = new Range.Within(EventTime.nanos(before), EventTime.nanos(after));
        return new Pairs<>(this, range, Optional.empty(), Optional.empty());
    }

    /** Which records belong to each other. */
    private sealed interface Range {
        record InWindow(Windows.Aligned windows) implements Range {}

        record Within(long before, long after) implements Range {}
    }

    /**
     * Pairs of records that belong to each other: it remains to say what is made of each. Records that come after their time was given up are dropped, unless
     * they are sent another way.
     *
     * @param <K> the keys
     * @param <T> the values of the first stream
     * @param <U> the values of the second
     */
    public static final class Pairs<K, T, U> {
        private final Joined<K, T, U> joined;
        private final Range range;
        private final Optional<Consumer<KeyedStream<K, T>>> lateLeft;
        private final Optional<Consumer<KeyedStream<K, U>>> lateRight;

        private Pairs(
                Joined<K, T, U> joined,
                Range range,
                Optional<Consumer<KeyedStream<K, T>>> lateLeft,
                Optional<Consumer<KeyedStream<K, U>>> lateRight) {
            this.joined = joined;
            this.range = range;
            this.lateLeft = lateLeft;
            this.lateRight = lateRight;
        }

        /** Records of the first stream that are too late go another way, without epochs. */
        public Pairs<K, T, U> lateLeftTo(Consumer<KeyedStream<K, T>> handler) {
            return new Pairs<>(joined, range, Optional.of(handler), lateRight);
        }

        /** Records of the second stream that are too late go another way, without epochs. */
        public Pairs<K, T, U> lateRightTo(Consumer<KeyedStream<K, U>> handler) {
            return new Pairs<>(joined, range, lateLeft, Optional.of(handler));
        }

        /**
         * What a function makes of each pair.
         *
         * @param name of the state
         * @throws IllegalArgumentException when records come from a source without being given a time: names both
         */
        public <R> KeyedStream<K, R> with(String name, BiFunction<? super T, ? super U, ? extends R> function) {
            var left = joined.left;
            var graph = left.graph();
            boolean keepsLate = lateLeft.isPresent() || lateRight.isPresent();
            var factory = switch (range) {
                case Range.InWindow(var windows) -> JoinOperators.inWindow(name, windows, function, keepsLate);
                case Range.Within(long before, long after) ->
                    JoinOperators.within(name, new Reach(before, after), function, keepsLate);
            };
            var vertex = graph.join(name, factory, left.timedInput(name), joined.right.timedInput(name));
            if (!keepsLate) {
                return left.then(vertex);
            }
            lateLeft.ifPresent(
                    handler -> handler.accept(left.then(graph.stateless("late", JoinOperators.tooLate(0), vertex))));
            lateRight.ifPresent(
                    handler -> handler.accept(left.then(graph.stateless("late", JoinOperators.tooLate(1), vertex))));
            return left.then(graph.stateless("on time", TimeOperators.onTime(), vertex));
        }
    }
}
