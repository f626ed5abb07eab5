package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.EventTime;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.graph.TimeOperators;
import dev.gyre.stream.graph.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows of all kinds give what a plain account of them gives, step by step, whatever comes in and whoever has the state. */
class WindowsTest {
    @Test
    void resultsAreThoseOfThePlainAccount() {
        Seeds.each(WindowsTest.class, "windows", 2000, WindowsTest::run);
    }

    /** The values of a window, sorted where results are made: a session may be made of several. */
    private static Aggregate<Long, List<Long>, List<Long>> sorted() {
        return Aggregate.of(
                ArrayList::new,
                (list, value) -> {
                    list.add(value);
                    return list;
                },
                (earlier, later) -> {
                    earlier.addAll(later);
                    return earlier;
                },
                list -> list.stream().sorted().toList());
    }

    private static Windows windows(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Windows.Session(1 + random.nextInt(12));
            case 1 -> {
                long size = 1L + random.nextInt(20);
                yield new Windows.Aligned(size, size);
            }
            default -> {
                long size = 1L + random.nextInt(20);
                yield new Windows.Aligned(size, 1 + random.nextLong(size));
            }
        };
    }

    private static void run(Random random) {
        var windows = windows(random);
        long lateness = random.nextBoolean() ? 0 : random.nextInt(30);
        var factory = new WindowOperator.Frame("windows", lateness, true);
        var instances = new Instances<>(1 + random.nextInt(2), next -> List.of(operator(windows, factory, next)));
        var reference = new WindowReference(windows, lateness);
        long[] origins = {0, -40, 1_000_000_007, Long.MAX_VALUE - 60, Long.MIN_VALUE + 1};
        long origin = origins[random.nextInt(origins.length)];
        long epoch = origin;
        int keys = 1 + random.nextInt(6);
        int upheaval = random.nextInt(3) == 0 ? 1 : 2 + random.nextInt(30);
        boolean isRestored = random.nextBoolean();
        for (long number = 0; number < 200; number++) {
            if (random.nextInt(6) == 0 && epoch < Long.MAX_VALUE) {
                epoch = EventTime.plus(epoch, 1 + random.nextInt(12));
                instances.epoch(epoch);
                same(instances.take(), reference.epoch(epoch));
            } else {
                long time = EventTime.plus(epoch, random.nextInt(25));
                time = EventTime.minus(time, random.nextInt(20));
                long key = random.nextInt(keys);
                instances.record(0, key, KeyHash.of(key), number, time);
                same(instances.take(), reference.record(key, number, time));
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

    @SuppressWarnings({"unchecked", "rawtypes"}) // an operator takes objects
    private static Operator operator(Windows windows, WindowOperator.Frame frame, Operator next) {
        var aggregate = (Aggregate<Object, Object, Object>) (Aggregate) sorted();
        return switch (windows) {
            case Windows.Aligned aligned -> new AlignedWindows(frame, aligned, aggregate, Instances.GROUPS, next);
            case Windows.Session session -> new SessionWindows(frame, session, aggregate, Instances.GROUPS, next);
        };
    }

    private static void same(List<Recorder.Out> actual, List<Recorder.Out> expected) {
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    private final Recorder recorder = new Recorder();

    @SuppressWarnings({"unchecked", "rawtypes"}) // an operator takes objects
    private Operator counts(Windows windows, long lateness) {
        var factory = TimeOperators.windows("counts", windows, new Aggregates.Count<>(), lateness, true);
        var operator = (GroupedOperator<?>) factory.create(new Vertex.Site(0, Instances.GROUPS), recorder);
        for (int group = 0; group < Instances.GROUPS; group++) {
            operator.open(group);
        }
        return operator;
    }

    private static void give(Operator operator, long key, long... times) {
        for (long time : times) {
            operator.record(key, KeyHash.of(key), "value", time);
        }
    }

    @Test
    void tumblingWindowFiresOnceWhenItIsOver() {
        var counts = counts(new Windows.Aligned(10, 10), 0);
        give(counts, 1, 0, 9, 10);
        counts.epoch(8);
        assertThat(recorder.take()).isEmpty();
        counts.epoch(9);
        assertThat(recorder.take()).containsExactly(new Recorder.Out(1L, new WindowResult<>(0, 10, 2L), 9));
        counts.epoch(18);
        assertThat(recorder.take()).isEmpty();
        counts.epoch(Long.MAX_VALUE);
        assertThat(recorder.take()).containsExactly(new Recorder.Out(1L, new WindowResult<>(10, 20, 1L), 19));
        assertThat(recorder.epochs).containsExactly(8L, 9L, 18L, Long.MAX_VALUE);
    }

    @Test
    void windowsFireInOrderBeforeTheirEpoch() {
        var counts = counts(new Windows.Aligned(10, 10), 0);
        give(counts, 1, 25, 5, 15);
        counts.epoch(100);
        assertThat(recorder.order)
                .containsExactly(
                        new WindowResult<>(0, 10, 1L) + "@9",
                        new WindowResult<>(10, 20, 1L) + "@19",
                        new WindowResult<>(20, 30, 1L) + "@29",
                        "epoch 100");
    }

    @Test
    void lateRecordCorrectsWithinLatenessAndGoesAsideAfterIt() {
        var counts = counts(new Windows.Aligned(10, 10), 5);
        give(counts, 1, 3);
        counts.epoch(9);
        assertThat(recorder.take()).containsExactly(new Recorder.Out(1L, new WindowResult<>(0, 10, 1L), 9));
        give(counts, 1, 4);
        assertThat(recorder.take()).containsExactly(new Recorder.Out(1L, new WindowResult<>(0, 10, 2L), 9));
        counts.epoch(14);
        give(counts, 1, 5);
        assertThat(recorder.take()).containsExactly(new Recorder.Out(1L, new Late("value"), 5));
        assertThat(recorder.epochs).containsExactly(4L, 9L);
    }

    @Test
    void recordBetweenTwoSessionsMakesThemOne() {
        var counts = counts(new Windows.Session(10), 0);
        give(counts, 1, 0, 18, 9);
        counts.epoch(27);
        assertThat(recorder.take()).containsExactly(new Recorder.Out(1L, new WindowResult<>(0, 28, 3L), 27));
    }

    @Test
    void recordsAGapApartAreInTwoSessions() {
        var counts = counts(new Windows.Session(10), 0);
        give(counts, 1, 0, 10);
        counts.epoch(100);
        assertThat(recorder.take())
                .containsExactly(
                        new Recorder.Out(1L, new WindowResult<>(0, 10, 1L), 9),
                        new Recorder.Out(1L, new WindowResult<>(10, 20, 1L), 19));
    }
}
