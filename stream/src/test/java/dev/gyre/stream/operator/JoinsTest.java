package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.exchange.KeyHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Joins give what a plain account of all records gives, step by step, whatever comes in and whoever has the state. */
class JoinsTest {
    /** A record that was not late. */
    private record Came(int side, long key, long value, long time) {}

    /** A plain join. */
    private interface Reference {
        /** What comes out when a record comes in. */
        List<Recorder.Out> record(Came came);

        /** What comes out when time goes on. */
        List<Recorder.Out> epoch(long time);
    }

    @Test
    void pairsAreThoseOfThePlainAccount() {
        Seeds.each(JoinsTest.class, "joins", 1000, JoinsTest::run);
    }

    private static void run(Random random) {
        boolean isInterval = random.nextBoolean();
        long size = 1L + random.nextInt(20);
        var windows = new Windows.Aligned(size, 1 + random.nextLong(size));
        var reach = new Reach(random.nextInt(10), random.nextInt(10));
        var frame = new WindowOperator.Frame("join", 0, true);
        var instances = new Instances<>(1 + random.nextInt(2), next -> {
            var join = isInterval
                    ? new IntervalJoin(frame, reach, JoinsTest::pair, Instances.GROUPS, next)
                    : new WindowJoin(frame, windows, JoinsTest::pair, Instances.GROUPS, next);
            return List.of(join, new JoinOperator.Right(join));
        });
        var reference = isInterval ? new NearBy(reach) : new InWindows(windows);
        long[] origins = {0, -40, Long.MAX_VALUE - 60, Long.MIN_VALUE + 100};
        long epoch = origins[random.nextInt(origins.length)];
        int keys = 1 + random.nextInt(4);
        int upheaval = random.nextInt(3) == 0 ? 1 : 2 + random.nextInt(30);
        boolean isRestored = random.nextBoolean();
        for (long number = 0; number < 150; number++) {
            if (random.nextInt(6) == 0 && epoch < Long.MAX_VALUE) {
                epoch = EventTime.plus(epoch, 1 + random.nextInt(12));
                instances.epoch(epoch);
                same(instances.take(), reference.epoch(epoch));
            } else {
                long time = EventTime.minus(EventTime.plus(epoch, random.nextInt(25)), random.nextInt(20));
                var came = new Came(random.nextInt(2), random.nextInt(keys), number, time);
                instances.record(came.side, came.key, KeyHash.of(came.key), number, time);
                assertThat(instances.take()).isEqualTo(reference.record(came));
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
            same(instances.take(), reference.epoch(Long.MAX_VALUE));
        }
    }

    private static Object pair(Object left, Object right) {
        return left + " and " + right;
    }

    private static void same(List<Recorder.Out> actual, List<Recorder.Out> expected) {
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Recorder.Out out(Came one, Came other, long time) {
        var left = one.side == 0 ? one : other;
        var right = one.side == 0 ? other : one;
        return new Recorder.Out(one.key, pair(left.value, right.value), time);
    }

    private static List<Recorder.Out> late(Came came) {
        return List.of(new Recorder.Out(came.key, new Late(came.value, came.side), came.time));
    }

    /** Keeps all records for ever. */
    private static final class NearBy implements Reference {
        private final Reach reach;
        private final List<Came> all = new ArrayList<>();
        private long frontier = Long.MIN_VALUE;

        NearBy(Reach reach) {
            this.reach = reach;
        }

        @Override
        public List<Recorder.Out> record(Came came) {
            if (frontier != Long.MIN_VALUE && came.time <= frontier) {
                return late(came);
            }
            var out = all.stream()
                    .filter(other -> other.key == came.key && other.side != came.side && isNear(came, other))
                    .sorted(Comparator.comparingLong(other -> other.time))
                    .map(other -> out(came, other, Math.max(came.time, other.time)))
                    .toList();
            all.add(came);
            return out;
        }

        private boolean isNear(Came one, Came other) {
            long left = one.side == 0 ? one.time : other.time;
            long right = one.side == 0 ? other.time : one.time;
            return right >= left ? right - left <= reach.after() : left - right <= reach.before();
        }

        @Override
        public List<Recorder.Out> epoch(long time) {
            frontier = time;
            return List.of();
        }
    }

    /** Keeps all records for ever, and looks through all windows that there can be. */
    private static final class InWindows implements Reference {
        private final WindowReference windows;

        InWindows(Windows.Aligned windows) {
            this.windows = new WindowReference(windows, 0);
        }

        private final List<Came> all = new ArrayList<>();

        @Override
        public List<Recorder.Out> record(Came came) {
            if (windows.record(came.key, came.value, came.time).isEmpty()) {
                all.add(came);
                return List.of();
            }
            return late(came);
        }

        @Override
        public List<Recorder.Out> epoch(long time) {
            var out = new ArrayList<Recorder.Out>();
            for (var window : windows.epoch(time)) {
                var values = (List<?>) ((WindowResult<?>) window.value()).value();
                var members =
                        all.stream().filter(came -> values.contains(came.value)).toList();
                for (var one : members) {
                    for (var other : members) {
                        if (one.side == 0 && other.side == 1) {
                            out.add(out(one, other, window.time()));
                        }
                    }
                }
            }
            return out;
        }
    }

    @Test
    void recordsWithoutPartnersToComeAreForgotten() {
        var group = new IntervalGroup(Operator.NO_TIME);
        group.find("a", 1, 15).side(JoinOperator.LEFT).add(10, "left");
        group.find("a", 1, 30).side(JoinOperator.RIGHT).add(20, "right");
        group.find("b", 2, 100).side(JoinOperator.LEFT).add(95, "left");
        group.advance(15, 5, 10);
        assertThat(group.find("a", 1, 0).left.size()).isZero();
        assertThat(group.find("a", 1, 0).right.size()).isEqualTo(1);
        group.advance(30, 5, 10);
        assertThat(group.size()).isEqualTo(1);
        group.advance(Long.MAX_VALUE, 5, 10);
        assertThat(group.size()).isZero();
    }
}
