package dev.gyre.stream.operator;

import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.SubKey;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.exchange.Numbers;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The operators that keep nothing. */
public final class Stateless {
    private Stateless() {}

    /** Makes one value of each. */
    public static final class Map extends Operator {
        private final Function<Object, Object> function;

        /** Applies a function to each value. */
        public Map(Function<Object, Object> function, Operator next) {
            super(next);
            this.function = function;
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            next.record(key, hash, function.apply(value), time);
        }
    }

    /** Lets some through. */
    public static final class Filter extends Operator {
        private final Predicate<Object> predicate;

        /** Lets those through that satisfy a predicate. */
        public Filter(Predicate<Object> predicate, Operator next) {
            super(next);
            this.predicate = predicate;
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            if (predicate.test(value)) {
                next.record(key, hash, value, time);
            }
        }
    }

    /** Makes one value, or none, of each. */
    public static final class FilterMap extends Operator {
        private final Function<Object, Optional<Object>> function;

        /** Applies a function to each value. */
        public FilterMap(Function<Object, Optional<Object>> function, Operator next) {
            super(next);
            this.function = function;
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            var made = function.apply(value);
            if (made.isPresent()) {
                next.record(key, hash, made.get(), time);
            }
        }
    }

    /** Makes any number of values of each. */
    public static final class FlatMap extends Operator implements Output<Object> {
        private final BiConsumer<Object, Output<Object>> function;
        private Object key = NO_KEY;
        private int hash;
        private long time;

        /** Hands each value to a function, with where to put what comes of it. */
        public FlatMap(BiConsumer<Object, Output<Object>> function, Operator next) {
            super(next);
            this.function = function;
        }

        @Override
        public void record(Object recordKey, int recordHash, Object value, long recordTime) {
            key = recordKey;
            hash = recordHash;
            time = recordTime;
            function.accept(value, this);
        }

        @Override
        public void emit(Object value) {
            next.record(key, hash, value, time);
        }

        @Override
        public void emit(Object value, long ownTime) {
            next.record(key, hash, value, ownTime);
        }
    }

    /** Shows what passes. */
    public static final class Inspect extends Operator {
        private final Consumer<Object> observer;

        /** Shows each value to an observer. */
        public Inspect(Consumer<Object> observer, Operator next) {
            super(next);
            this.observer = observer;
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            observer.accept(value);
            next.record(key, hash, value, time);
        }
    }

    /** Shows how far time is. */
    public static final class InspectFrontier extends Operator {
        private final LongConsumer observer;
        private long latest = NO_TIME;

        /** Shows each epoch to an observer. */
        public InspectFrontier(LongConsumer observer, Operator next) {
            super(next);
            this.observer = observer;
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            next.record(key, hash, value, time);
        }

        @Override
        public void epoch(long time) {
            if (time > latest) { // after a rescale a source may have to say earlier ones
                latest = time;
                observer.accept(time);
            }
            next.epoch(time);
        }
    }

    /** Gives each record its key. */
    public static final class Key extends Operator {
        private final Function<Object, Object> function;

        /** Takes the key from the value. */
        public Key(Function<Object, Object> function, Operator next) {
            super(next);
            this.function = function;
        }

        @Override
        public void record(Object oldKey, int oldHash, Object value, long time) {
            var key = function.apply(value);
            next.record(key, KeyHash.of(key), value, time);
        }
    }

    /** Tells records of a key apart. */
    public static final class SubKeyed extends Operator {
        private final Function<Object, Object> function;

        /** Takes the inner key from the value. */
        public SubKeyed(Function<Object, Object> function, Operator next) {
            super(next);
            this.function = function;
        }

        @Override
        public void record(Object outer, int outerHash, Object value, long time) {
            var key = new SubKey<>(outer, function.apply(value));
            next.record(key, KeyHash.of(key), value, time);
        }
    }

    /** Takes a key and a value from each record, both numbers. */
    public static final class Numeric extends Operator {
        /** Few enough to stay in the processor's nearest cache while the next operator goes through them. */
        private static final int GATHERED = 128;

        private final ToLongFunction<Object> key;
        private final ToLongFunction<Object> number;
        private final Numbers gathered = new Numbers(GATHERED);

        /** Takes two numbers of each value. */
        public Numeric(ToLongFunction<Object> key, ToLongFunction<Object> number, Operator next) {
            super(next);
            this.key = key;
            this.number = number;
        }

        @Override
        public void record(Object oldKey, int oldHash, Object value, long time) {
            if (gathered.add(key.applyAsLong(value), number.applyAsLong(value), time)) {
                giveOn();
            }
        }

        private void giveOn() {
            if (gathered.size() > 0) {
                next.numbers(gathered);
                gathered.clear();
            }
        }

        @Override
        public void epoch(long time) {
            giveOn();
            next.epoch(time);
        }

        @Override
        public void idle() {
            giveOn();
            next.idle();
        }

        @Override
        public void news(SourceNews news) {
            giveOn();
            next.news(news);
        }

        @Override
        public void pause() {
            giveOn();
            next.pause();
        }

        @Override
        public void end() {
            giveOn();
            next.end();
        }
    }

    /** Makes a pair of each value and its key. */
    public static final class Entry extends Operator {
        /** Pairs keys and values. */
        public Entry(Operator next) {
            super(next);
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            next.record(key, hash, new Keyed<>(key, value), time);
        }

        /** What follows goes by pairs: nobody needs the hash. */
        @Override
        public void numbers(Numbers numbers) {
            long[] cells = numbers.cells;
            for (int i = 0; i < numbers.end(); i += Numbers.WIDTH) {
                record(cells[i], 0, cells[i + Numbers.VALUE], cells[i + Numbers.TIME]);
            }
        }
    }

    /** Gives records to groups in turn, whatever they are: spreads work evenly. */
    public static final class Spread extends Operator {
        /** 2^32 divided by the golden ratio: neighbouring multiples lie far apart, and every group has its turn. */
        private static final int STRIDE = 0x9E3779B9;

        private int hash;

        /** Spreads records over all workers. */
        public Spread(Operator next) {
            super(next);
        }

        @Override
        public void record(Object key, int oldHash, Object value, long time) {
            hash += STRIDE;
            next.record(key, hash, value, time);
        }
    }

    /** Gives each record its event time. */
    public static final class Timestamp extends Operator {
        private final ToLongFunction<Object> function;

        /** Takes the time from the value. */
        public Timestamp(ToLongFunction<Object> function, Operator next) {
            super(next);
            this.function = function;
        }

        @Override
        public void record(Object key, int hash, Object value, long oldTime) {
            next.record(key, hash, value, function.applyAsLong(value));
        }
    }

    /** Gives all that comes to each of several chains. */
    public static final class Fork extends Terminal {
        private final Operator[] branches;

        /** Copies the stream. */
        public Fork(Operator... branches) {
            this.branches = branches.clone();
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            for (var branch : branches) {
                branch.record(key, hash, value, time);
            }
        }

        /** A branch may change what it is given. */
        @Override
        public void numbers(Numbers numbers) {
            for (int i = 1; i < branches.length; i++) {
                branches[i].numbers(numbers.copy());
            }
            branches[0].numbers(numbers);
        }

        @Override
        public void epoch(long time) {
            for (var branch : branches) {
                branch.epoch(time);
            }
        }

        @Override
        public void idle() {
            for (var branch : branches) {
                branch.idle();
            }
        }

        @Override
        public void news(SourceNews news) {
            for (var branch : branches) {
                branch.news(news);
            }
        }

        @Override
        public long reached() {
            long least = Long.MAX_VALUE;
            for (var branch : branches) {
                least = Math.min(least, branch.reached());
            }
            return least;
        }

        @Override
        public void pause() {
            for (var branch : branches) {
                branch.pause();
            }
        }

        @Override
        public void end() {
            for (var branch : branches) {
                branch.end();
            }
        }
    }
}
