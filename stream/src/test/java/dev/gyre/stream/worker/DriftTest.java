package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.Job;
import dev.gyre.stream.Stream;
import dev.gyre.stream.Timestamps;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.api.Windows;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Partitions that are read at different speeds: how far apart they come, by event time. */
class DriftTest {
    private static final long RECORDS = 20_000;
    private static final long BOUND = 300;

    /** Records that a partition gives at once: as many as its time goes on by. */
    private static final Map<String, Integer> BURSTS = Map.of("fast", 25, "faster", 50, "slow", 10);

    /** How far each partition is; one that is read to its end is as far as can be. */
    private final TreeMap<String, Long> positions = new TreeMap<>();

    /** The widest that partitions have come apart while not all were read to their ends. */
    private long widest;

    /** Partitions whose records are their times. */
    private final class Counters implements Source<Long> {
        @Override
        public List<String> partitions() {
            return List.copyOf(BURSTS.keySet());
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next = (Long) position.orElse(0L);

                @Override
                public Polled poll(Output<Long> out, int max) {
                    long end = Math.min(RECORDS, next + BURSTS.get(name));
                    while (next < end) {
                        out.emit(next++);
                    }
                    positions.put(name, next < RECORDS ? next : Long.MAX_VALUE);
                    note(next);
                    return next < RECORDS ? Polled.MORE : Polled.FINISHED;
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }

    private void note(long position) {
        long last = positions.size() < BURSTS.size() ? 0 : Collections.min(positions.values());
        if (last < Long.MAX_VALUE) {
            widest = Math.max(widest, position - last);
        }
    }

    private void run(Job job, long seed) {
        positions.clear();
        widest = 0;
        var names = List.copyOf(BURSTS.keySet());
        var cluster = new Cluster(job.plan(), List.of(1, 2), Map.of("times", names), new Random(seed), frame -> frame);
        int quiet = 0;
        while (!cluster.isOver()) {
            quiet = cluster.step() ? 0 : quiet + 1;
            assertThat(quiet).as("steps with nothing to do: %s", cluster).isLessThan(20_000);
        }
        assertThat(positions.values()).containsOnly(Long.MAX_VALUE);
    }

    /** What follows on records that have a time, and are held together. */
    private interface Shape {
        void build(Timestamps<Long> times);
    }

    private static final Map<String, Shape> SHAPES = Map.of(
            "windows",
            times -> count(times.inOrder()),
            "beside a sink",
            times -> {
                var stream = times.inOrder();
                count(stream);
                stream.sink("all", context -> (time, at) -> {});
            },
            "behind a union",
            times -> {
                var stream = times.inOrder();
                count(stream.filter(time -> time % 2 == 0).union(stream.filter(time -> time % 2 == 1)));
            },
            "late ones have their own exchange",
            times -> count(times.lateTo(late -> late.keyBy("late", time -> time)
                            .fold("late count", 0L, (count, time) -> count + 1)
                            .values()
                            .sink("late out", context -> (result, time) -> {}))
                    .inOrder()));

    private static void count(Stream<Long> stream) {
        stream.keyBy("parity", time -> time % 2)
                .window(Windows.tumbling(Duration.ofNanos(50)))
                .count("count")
                .values()
                .sink("out", context -> (result, time) -> {});
    }

    private Job job(Duration bound, Shape shape) {
        return Job.named(
                "drift",
                8,
                flow -> shape.build(flow.source("times", new Counters())
                        .assignTimestamps(time -> time)
                        .maxDrift(bound)));
    }

    @Test
    void partitionsStayTogether() {
        SHAPES.forEach((name, shape) -> {
            var held = job(Duration.ofNanos(BOUND), shape);
            for (long seed = 1; seed <= 10; seed++) {
                run(held, seed);
                // A batch is not divided: neither the first one, from which is counted before others are heard of, nor
                // the one behind the look.
                assertThat(widest).as("%s, seed %d", name, seed).isBetween(BOUND / 2, BOUND + 2 * 50);
            }
            run(job(Duration.ofNanos(Long.MAX_VALUE), shape), 1);
            assertThat(widest).as("%s, not held", name).isGreaterThan(10 * BOUND);
        });
    }

    @Test
    void whereThereAreNoPartitionsNoneCanBeHeld() {
        assertThatThrownBy(() -> Job.named(
                        "mixed",
                        flow -> flow.source("times", new Counters())
                                .keyBy("parity", time -> time % 2)
                                .map(time -> time)
                                .values()
                                .distribute()
                                .assignTimestamps(time -> time)
                                .maxDrift(Duration.ofSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("maxDrift holds back partitions of a source, and behind \"")
                .hasMessageEndingWith("there are none: call assignTimestamps(…) right behind the source");
    }

    @Test
    void whoNeverTellsTimeIsNotWaitedForUnawares() {
        assertThatThrownBy(() -> Job.named("mixed", flow -> {
                    var timed = flow.source("times", new Counters())
                            .assignTimestamps(time -> time)
                            .maxDrift(Duration.ofSeconds(1))
                            .inOrder();
                    timed.union(flow.source("untimed", new Counters()))
                            .keyBy("parity", time -> time % 2)
                            .fold("count", 0L, (count, time) -> count + 1)
                            .values()
                            .sink("out", context -> (result, time) -> {});
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "maxDrift waits for all that comes to \"exchange by parity\", and the records of \"untimed\"")
                .hasMessageEndingWith("call assignTimestamps(…) behind that source as well");
    }

    @Test
    void boundIsNotNegative() {
        assertThatThrownBy(() -> job(Duration.ofNanos(-1), times -> {}))
                .hasMessage("partitions drift apart by zero or more, not by PT-0.000000001S");
    }
}
