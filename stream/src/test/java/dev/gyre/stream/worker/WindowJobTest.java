package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.Job;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.api.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jobs with windows, as they are written. */
class WindowJobTest {
    private final List<String> results = new ArrayList<>();
    private final List<Long> late = new ArrayList<>();

    /** A source of one partition that gives a number at a time, each of which is a time too: an epoch follows on each. */
    private record Numbers(List<Long> numbers) implements Source<Long> {
        @Override
        public List<String> partitions() {
            return List.of("all");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private int next = (Integer) position.orElse(0);

                @Override
                public Polled poll(Output<Long> out, int max) {
                    out.emit(numbers.get(next++));
                    return next < numbers.size() ? Polled.later(Duration.ofMillis(1)) : Polled.FINISHED;
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }

    private static void run(Job job) {
        var cluster =
                new Cluster(job.plan(), List.of(1), Map.of("numbers", List.of("all")), new Random(1), frame -> frame);
        while (!cluster.isOver()) {
            cluster.step();
        }
    }

    @Test
    void lateRecordsOfAWindowGoAnotherWay() {
        run(Job.named(
                "late",
                8,
                flow -> flow.source("numbers", new Numbers(List.of(1L, 12L, 30L, 3L, 31L)))
                        .assignTimestamps(number -> number)
                        .inOrder()
                        .keyBy("parity", number -> number % 2)
                        .window(Windows.tumbling(Duration.ofNanos(10)))
                        .lateTo(tooLate -> tooLate.values()
                                .distribute()
                                .sink("late", context -> (number, time) -> late.add(number)))
                        .count("count")
                        .entries()
                        .sink("out", context -> (entry, time) -> results.add(entry + "@" + time))));
        assertThat(late).containsExactly(3L);
        assertThat(results)
                .containsExactlyInAnyOrder(
                        "Keyed[key=1, value=WindowResult[start=0, end=10, value=1]]@9",
                        "Keyed[key=0, value=WindowResult[start=10, end=20, value=1]]@19",
                        "Keyed[key=0, value=WindowResult[start=30, end=40, value=1]]@39",
                        "Keyed[key=1, value=WindowResult[start=30, end=40, value=1]]@39");
    }

    @Test
    void lateRecordsOfASourceGoAnotherWay() {
        run(Job.named(
                "late",
                8,
                flow -> flow.source("numbers", new Numbers(List.of(1L, 12L, 3L, 11L, 13L)))
                        .assignTimestamps(number -> number)
                        .lateTo(tooLate -> tooLate.sink("late", context -> (number, time) -> late.add(number)))
                        .maxOutOfOrderness(Duration.ofNanos(5))
                        .keyBy("none", number -> 0)
                        .window(Windows.session(Duration.ofNanos(100)))
                        .reduce("sum", Long::sum)
                        .sink("out", context -> (result, time) -> results.add(result.toString()))));
        assertThat(late).containsExactly(3L);
        assertThat(results).containsExactly("WindowResult[start=1, end=113, value=37]");
    }

    @Test
    void windowWithoutTimeIsRefused() {
        assertThatThrownBy(() -> Job.named(
                        "untimed",
                        flow -> flow.source("numbers", new Numbers(List.of()))
                                .keyBy("self", number -> number)
                                .window(Windows.session(Duration.ofMinutes(1)))
                                .count("visits")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"visits\" needs event time, and the records of \"numbers\" come to it without: call"
                        + " assignTimestamps(…) behind the source");
    }

    @Test
    void joinWithoutTimeOnOneSideIsRefused() {
        assertThatThrownBy(() -> Job.named("untimed", flow -> {
                    var numbers = flow.source("numbers", new Numbers(List.of()));
                    var timed =
                            numbers.assignTimestamps(number -> number).inOrder().keyBy("a", number -> number);
                    timed.join(numbers.keyBy("b", number -> number))
                            .within(Duration.ZERO, Duration.ofSeconds(1))
                            .with("pairs", Long::sum);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"pairs\" needs event time, and the records of \"numbers\"");
    }
}
