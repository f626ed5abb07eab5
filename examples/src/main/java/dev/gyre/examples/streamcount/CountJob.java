package dev.gyre.examples.streamcount;

import dev.gyre.examples.streamcount.Entry.Question;
import dev.gyre.stream.Job;
import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.io.LogSource;
import dev.gyre.stream.io.Sinks;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The dataflow: totals of keys, totals of windows of a second, and answers to who asks for them. */
final class CountJob {
    /** How long a window is. */
    static final Duration WINDOW = Duration.ofSeconds(1);

    private static final long NANOS_A_MILLI = 1_000_000;

    private static final Aggregate<Change, Long, Long> SUM =
            Aggregate.of(() -> 0L, (sum, change) -> sum + change.value(), Long::sum, sum -> sum);

    private CountJob() {}

    /** The job of a node, which gets what its worker answers, and to what. */
    static Job of(LogSource<Change> log, BiConsumer<Question, Tally> totals, BiConsumer<Question, Shown> windows) {
        return Job.named("stream-count", flow -> {
            // The clock of the log does not go back, and each partition is told of it: so nothing is ever late.
            var changes = flow.types(Change.class, Tally.class, Shown.class, Shown.News.class)
                    .source("log", log)
                    .assignTimestamps(Change::nanos)
                    .inOrder()
                    .filter(change -> !change.isTick());
            changes.filter(change -> !change.isQuestion(true))
                    .keyBy("key", Change::key)
                    .fold("total", Tally.NONE, Tally::with)
                    .values()
                    .filter(tally -> tally.question().isPresent())
                    .sink(
                            "tell totals",
                            Sinks.forEach(
                                    tally -> totals.accept(tally.question().orElseThrow(), tally)));
            var sums = changes.filter(change -> change.question().isEmpty())
                    .keyBy("key of adds", Change::key)
                    .window(Windows.tumbling(WINDOW))
                    .aggregate("sum", SUM)
                    .entries()
                    .map(entry -> new Shown.News(
                            entry.key(),
                            Optional.of(new Shown.Sum(
                                    entry.value().start() / NANOS_A_MILLI,
                                    entry.value().value())),
                            Optional.empty()));
            changes.filter(change -> change.isQuestion(true))
                    .map(change -> new Shown.News(change.key(), Optional.empty(), change.question()))
                    .union(sums)
                    .keyBy("key of windows", Shown.News::key)
                    .fold("windows", Shown.NONE, Shown::with)
                    .values()
                    .filter(shown -> shown.question().isPresent())
                    .sink(
                            "tell windows",
                            Sinks.forEach(
                                    shown -> windows.accept(shown.question().orElseThrow(), shown)));
        });
    }

    /** The beginning of the window in which something is, in milliseconds. */
    static long windowOf(long nanos) {
        return Math.floorDiv(nanos, WINDOW.toNanos()) * WINDOW.toMillis();
    }
}
