package dev.gyre.stream.graph;

import dev.gyre.stream.api.Handler;
import dev.gyre.stream.api.KeyedFunction;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.TimedFunction;
import dev.gyre.stream.graph.Vertex.OperatorFactory;
import dev.gyre.stream.operator.Fold;
import dev.gyre.stream.operator.Handling;
import dev.gyre.stream.operator.NumberFold;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Specialised;
import dev.gyre.stream.operator.Split;
import dev.gyre.stream.operator.Stateful;
import dev.gyre.stream.operator.Stateless;
import dev.gyre.stream.operator.Timers;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Makes operators for places in a graph; each place has its {@linkplain Specialised own copy} of the operator's class. Functions come with the types that the
 * user gave them, and are called with objects: the typed streams of {@code dev.gyre.stream} see to it that they fit.
 */
public final class Operators {
    private Operators() {}

    private static OperatorFactory stateless(Class<? extends Operator> type, Object function) {
        var copy = Specialised.of(type);
        return (site, next) -> (Operator) copy.create(function, next);
    }

    /** See {@link Stateless.Map}. */
    public static OperatorFactory map(Function<?, ?> function) {
        return stateless(Stateless.Map.class, function);
    }

    /** See {@link Stateless.Filter}. */
    public static OperatorFactory filter(Predicate<?> predicate) {
        return stateless(Stateless.Filter.class, predicate);
    }

    /** See {@link Stateless.FilterMap}. */
    public static <T, U> OperatorFactory filterMap(Function<T, Optional<U>> function) {
        return stateless(Stateless.FilterMap.class, function);
    }

    /** See {@link Stateless.FlatMap}. */
    public static <T, U> OperatorFactory flatMap(BiConsumer<T, Output<U>> function) {
        return stateless(Stateless.FlatMap.class, function);
    }

    /** See {@link Stateless.Inspect}. */
    public static OperatorFactory inspect(Consumer<?> observer) {
        return stateless(Stateless.Inspect.class, observer);
    }

    /** See {@link Stateless.InspectFrontier}. */
    public static OperatorFactory inspectFrontier(LongConsumer observer) {
        return stateless(Stateless.InspectFrontier.class, observer);
    }

    /** See {@link Handling}. */
    public static OperatorFactory handling(Supplier<? extends Handler<?, ?>> maker) {
        return stateless(Handling.class, maker);
    }

    /** See {@link Stateless.SubKeyed}. */
    public static OperatorFactory subKey(Function<?, ?> function) {
        return stateless(Stateless.SubKeyed.class, function);
    }

    /** See {@link Stateless.Key}. */
    public static OperatorFactory key(Function<?, ?> function) {
        return stateless(Stateless.Key.class, function);
    }

    /** See {@link Stateless.Numeric}. */
    public static OperatorFactory number(ToLongFunction<?> key, ToLongFunction<?> number) {
        var copy = Specialised.of(Stateless.Numeric.class);
        return (site, next) -> (Operator) copy.create(key, number, next);
    }

    /** See {@link NumberFold}. */
    public static OperatorFactory numberFold(String name, long initial, LongBinaryOperator function) {
        var copy = Specialised.of(NumberFold.class);
        return (site, next) -> (Operator) copy.create(name, site.groups(), initial, function, next);
    }

    /** See {@link Stateless.Timestamp}. */
    public static OperatorFactory timestamp(ToLongFunction<?> function) {
        return stateless(Stateless.Timestamp.class, function);
    }

    /** See {@link Stateless.Entry}. */
    public static OperatorFactory entry() {
        var copy = Specialised.of(Stateless.Entry.class);
        return (site, next) -> (Operator) copy.create(next);
    }

    /** See {@link Stateless.Spread}. */
    public static OperatorFactory spread() {
        var copy = Specialised.of(Stateless.Spread.class);
        return (site, next) -> (Operator) copy.create(next);
    }

    /** See {@link Split}. */
    public static OperatorFactory split(int branches, int branch, BiConsumer<?, IntConsumer> router) {
        var copy = Specialised.of(Split.class);
        return (site, next) -> (Operator) copy.create(branches, branch, router, next);
    }

    /** See {@link Fold}. */
    public static OperatorFactory fold(String name, Object initial, BiFunction<?, ?, ?> function) {
        var copy = Specialised.of(Fold.class);
        return (site, next) -> (Operator) copy.create(name, site.groups(), initial, function, next);
    }

    /** See {@link Stateful}. */
    public static OperatorFactory stateful(String name, KeyedFunction<?, ?, ?, ?> function) {
        var copy = Specialised.of(Stateful.class);
        return (site, next) -> (Operator) copy.create(name, site.groups(), function, next);
    }

    /** See {@link Timers}. */
    public static OperatorFactory timers(String name, TimedFunction<?, ?, ?, ?> function) {
        var copy = Specialised.of(Timers.class);
        return (site, next) -> (Operator) copy.create(name, site.groups(), function, next);
    }
}
