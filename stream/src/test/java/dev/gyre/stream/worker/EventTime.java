package dev.gyre.stream.worker;

import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.operator.Operator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** What event time promises, checked at each stage: epochs rise, nothing comes behind its epoch, and a timer of a key fires before its time is sent on. */
final class EventTime {
    private final Random random;
    /** One clock for all: whoever reads a partition on gives its records later times than any that was given. */
    private long clock;

    private final TreeMap<String, Long> fired = new TreeMap<>();
    /** Whether senders may be idle: who is not waited for may come late, so little can be said of records then. */
    private final boolean hasIdle;

    EventTime(Random random) {
        this.random = random;
        this.hasIdle = random.nextInt(4) == 0;
    }

    /** How many timers have fired, by the name of what set them. */
    Map<String, Long> fired() {
        return fired;
    }

    /** Gives records their times, and says at some pauses how far it is. */
    static final class Ticks extends Operator {
        private final EventTime world;
        private long last = NO_TIME;

        Ticks(EventTime world, Operator next) {
            super(next);
            this.world = world;
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            next.record(key, hash, value, ++world.clock);
        }

        @Override
        public void pause() {
            if (world.clock > last && world.random.nextInt(3) == 0) {
                last = world.clock;
                next.epoch(last);
            }
            next.pause();
        }

        @Override
        public void idle() {
            if (world.hasIdle) {
                next.idle();
            } else if (world.clock > last) {
                last = world.clock;
                next.epoch(last);
            }
        }
    }

    /** Sets a timer for each record at its own time. */
    static final class Timers extends GroupedOperator<NavigableMap<Long, Long>> {
        private final EventTime world;
        private long last = NO_TIME;

        Timers(EventTime world, String name, int groups, Operator next) {
            super(name, groups, next);
            this.world = world;
        }

        private void late(String what, long time) {
            if (time <= last) {
                throw new AssertionError(name() + ": " + what + " at " + time + ", behind epoch " + last);
            }
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            if (!world.hasIdle) {
                late("a record", time);
            }
            own(hash).merge(time, 1L, Long::sum);
            next.record(key, hash, value, time);
        }

        @Override
        public void epoch(long time) {
            late("an epoch", time);
            forEachOwned(timers -> {
                while (!timers.isEmpty() && timers.firstKey() <= time) {
                    if (!world.hasIdle) {
                        late("a timer", timers.firstKey());
                    }
                    world.fired.merge(name(), timers.pollFirstEntry().getValue(), Long::sum);
                }
            });
            last = time;
            next.epoch(time);
        }

        @Override
        protected NavigableMap<Long, Long> create() {
            return new TreeMap<>();
        }

        @Override
        protected boolean isEmpty(NavigableMap<Long, Long> timers) {
            return timers.isEmpty();
        }

        @Override
        protected void write(NavigableMap<Long, Long> timers, ValueWriter out) {
            out.write(timers);
        }

        @Override
        @SuppressWarnings("unchecked") // as it was written
        protected NavigableMap<Long, Long> read(ValueReader in) {
            return new TreeMap<>((TreeMap<Long, Long>) in.read());
        }
    }
}
