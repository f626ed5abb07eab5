package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.TimedFunction;
import dev.gyre.stream.api.TimedState;
import dev.gyre.stream.exchange.KeyHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Timers ring when a plain account of them says, with what it says is known of their keys, whatever comes in and whoever has the state. */
class TimersTest {
    @Test
    void timersAreThoseOfThePlainAccount() {
        Seeds.each(TimersTest.class, "timers", 2000, TimersTest::run);
    }

    /** What a record has done to its key: a number says it. */
    private static final class Script implements TimedFunction<Object, Object, Object, Object> {
        @Override
        public void apply(Object key, Object value, TimedState<Object> state, Output<Object> out) {
            long number = (Long) value;
            var found = number + " finds " + state.get() + " until " + state.timer();
            if (state.time() <= state.frontier()) {
                out.emit(found + ", late", EventTime.plus(state.frontier(), 1));
            } else {
                out.emit(found);
            }
            switch ((int) (number % 8)) {
                case 0 -> state.clear();
                case 1 -> state.noTimer();
                case 2 -> state.set(number);
                default -> {
                    state.set(number);
                    state.timerAt(EventTime.plus(state.time(), number % 17));
                }
            }
        }

        /** Some go on by themselves for a while. */
        @Override
        public void ring(Object key, TimedState<Object> state, Output<Object> out) {
            out.emit(state.time() + " rings for " + state.get() + ", set is " + state.timer());
            long number = (Long) state.orElse(0L);
            switch ((int) (number % 4)) {
                case 0 -> state.clear();
                case 1 -> {
                    state.set(number + 3);
                    state.timerAt(EventTime.plus(state.time(), 2));
                }
                case 2 -> { // a function that wants to hear of the next epoch as well
                    state.set(number + 1);
                    state.timerAt(EventTime.plus(state.time(), 1));
                    state.timerAt(EventTime.minus(state.time(), number % 3));
                }
                default -> {}
            }
        }
    }

    /** The same, told plainly. */
    private static final class Account {
        private final TreeMap<Long, Known> known = new TreeMap<>();
        private long frontier = Long.MIN_VALUE;

        /** Of one key. */
        private record Known(Optional<Object> state, OptionalLong timer) {
            private static final Known NOTHING = new Known(Optional.empty(), OptionalLong.empty());
        }

        List<Recorder.Out> record(long key, long number, long time) {
            var before = known.getOrDefault(key, Known.NOTHING);
            known.put(
                    key,
                    switch ((int) (number % 8)) {
                        case 0 -> Known.NOTHING;
                        case 1 -> new Known(before.state, OptionalLong.empty());
                        case 2 -> new Known(Optional.of(number), before.timer);
                        default -> new Known(Optional.of(number), OptionalLong.of(EventTime.plus(time, number % 17)));
                    });
            var found = number + " finds " + before.state + " until " + before.timer;
            return List.of(
                    frontier != Long.MIN_VALUE && time <= frontier
                            ? new Recorder.Out(key, found + ", late", EventTime.plus(frontier, 1))
                            : new Recorder.Out(key, found, time));
        }

        List<Recorder.Out> epoch(long time) {
            var out = new ArrayList<Recorder.Out>();
            known.replaceAll((key, before) -> {
                var now = before;
                while (now.timer.isPresent() && now.timer.getAsLong() <= time) {
                    long rung = now.timer.getAsLong();
                    now = ring(key, now, out);
                    if (time == Long.MAX_VALUE) {
                        now = new Known(now.state, OptionalLong.empty());
                    }
                    if (now.timer.orElse(Long.MAX_VALUE) <= rung) {
                        break;
                    }
                }
                return now;
            });
            frontier = time;
            return out;
        }

        private Known ring(long key, Known before, List<Recorder.Out> out) {
            long time = before.timer.getAsLong();
            long earliest = frontier == Long.MIN_VALUE ? frontier : EventTime.plus(frontier, 1);
            out.add(new Recorder.Out(
                    key,
                    time + " rings for " + before.state + ", set is " + OptionalLong.empty(),
                    Math.max(time, earliest)));
            long number = (Long) before.state.orElse(0L);
            return switch ((int) (number % 4)) {
                case 0 -> Known.NOTHING;
                case 1 -> new Known(Optional.of(number + 3), OptionalLong.of(EventTime.plus(time, 2)));
                case 2 -> new Known(Optional.of(number + 1), OptionalLong.of(EventTime.minus(time, number % 3)));
                default -> new Known(before.state, OptionalLong.empty());
            };
        }
    }

    private static void run(Random random) {
        var instances = new Instances<TimerGroup>(
                1 + random.nextInt(2), next -> List.of(new Timers("timers", Instances.GROUPS, new Script(), next)));
        var account = new Account();
        long[] origins = {0, -40, 1_000_000_007, Long.MAX_VALUE - 60, Long.MIN_VALUE + 100};
        long epoch = origins[random.nextInt(origins.length)];
        int keys = 1 + random.nextInt(6);
        int upheaval = random.nextInt(3) == 0 ? 1 : 2 + random.nextInt(30);
        boolean isRestored = random.nextBoolean();
        for (int i = 0; i < 200 && epoch < Long.MAX_VALUE; i++) { // nothing follows the end of time
            if (random.nextInt(6) == 0) {
                epoch = EventTime.plus(epoch, 1 + random.nextInt(12));
                instances.epoch(epoch);
                same(instances.take(), account.epoch(epoch));
            } else {
                long time = EventTime.plus(epoch, random.nextInt(25));
                time = EventTime.minus(time, random.nextInt(20));
                long key = random.nextInt(keys);
                long number = random.nextInt(1000);
                instances.record(0, key, KeyHash.of(key), number, time);
                same(instances.take(), account.record(key, number, time));
            }
            if (random.nextInt(upheaval) == 0) {
                if (isRestored) {
                    instances.restore();
                } else {
                    instances.move(random);
                }
            }
        }
        if (epoch < Long.MAX_VALUE) {
            instances.epoch(Long.MAX_VALUE);
            same(instances.take(), account.epoch(Long.MAX_VALUE));
        }
    }

    /** Groups have their turns one after the other: the order is that of a key. */
    private static void same(List<Recorder.Out> actual, List<Recorder.Out> expected) {
        assertThat(byKey(actual)).isEqualTo(byKey(expected));
    }

    private static List<Recorder.Out> byKey(List<Recorder.Out> out) {
        return out.stream()
                .sorted(Comparator.comparingLong(one -> (Long) one.key()))
                .toList();
    }

    @Test
    void timersOfAGroupRingInOrderHoweverTheyWereSet() {
        var recorder = new Recorder();
        var timers = new Timers("timers", Instances.GROUPS, new Latest(), recorder);
        for (int group = 0; group < Instances.GROUPS; group++) {
            timers.open(group);
        }
        var keys = oneGroup(40);
        var random = new Random(5);
        for (int i = 0; i < 400; i++) {
            long key = keys.get(random.nextInt(keys.size()));
            timers.record(key, KeyHash.of(key), (long) random.nextInt(1000), 0);
        }
        timers.epoch(500);
        timers.epoch(1000);
        assertThat(recorder.out).extracting(Recorder.Out::time).isSorted().hasSize(keys.size());
    }

    /** The timer is set to what a record says last. */
    private static final class Latest implements TimedFunction<Object, Object, Object, Object> {
        @Override
        public void apply(Object key, Object value, TimedState<Object> state, Output<Object> out) {
            state.timerAt((Long) value);
        }

        @Override
        public void ring(Object key, TimedState<Object> state, Output<Object> out) {
            out.emit(key);
        }
    }

    private static List<Long> oneGroup(int count) {
        var keys = new ArrayList<Long>();
        for (long key = 0; keys.size() < count; key++) {
            if (KeyHash.of(key) >>> 29 == 0) {
                keys.add(key);
            }
        }
        return keys;
    }

    @Test
    void placeOfATimerThatWasSetToAnEarlierTimeIsGivenUp() {
        var group = new TimerGroup(Operator.NO_TIME);
        var entry = group.entry(7L, KeyHash.of(7L));
        for (long time = 100; time > 0; time -= 10) {
            group.set(entry, time);
        }
        assertThat(group.waiting()).isEqualTo(10);
        group.advance(10, (ringing, rung, time) -> group.set(rung, 1000));
        group.advance(100, (ringing, rung, time) -> {
            throw new AssertionError("it was moved on from " + time);
        });
        assertThat(group.waiting()).isOne();
    }

    @Test
    void keyOfWhichNothingIsKnownIsNotKept() {
        var group = new TimerGroup(Operator.NO_TIME);
        var entry = group.entry(7L, KeyHash.of(7L));
        group.settle(entry);
        assertThat(group.isEmpty()).isTrue();
        group.set(group.entry(7L, KeyHash.of(7L)), 5);
        assertThat(group.size()).isOne();
        group.advance(5, (ringing, rung, time) -> {});
        assertThat(group.size()).isZero();
    }
}
