package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Steps;
import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Windows;
import java.time.Duration;
import java.util.Optional;

/** The keyed dataflow of this project. */
public final class GyreStream implements StreamContender {
    static final long NANOS_PER_MILLI = 1_000_000;

    private final boolean isNumeric;

    /** @param isNumeric whether keys and values are numbers from end to end */
    public GyreStream(boolean isNumeric) {
        this.isNumeric = isNumeric;
    }

    @Override
    public String name() {
        return isNumeric ? "ours-numbers" : "ours";
    }

    @Override
    public String settings() {
        return "LocalJob, two workers, snapshots in memory, rehearsed for W2"
                + (isNumeric ? "; numbersBy instead of keyBy" : "");
    }

    @Override
    public Optional<String> gap(Workload workload) {
        boolean isSum = workload == Workload.SUM || workload == Workload.SUM_WITH_SNAPSHOTS;
        return isNumeric && !isSum ? Optional.of("as ours") : Optional.empty();
    }

    @Override
    public void run(Workload workload) throws InterruptedException {
        var settings = LocalJob.Settings.workers(Feed.PARTITIONS);
        if (workload.hasSnapshots()) {
            settings = settings.snapshotEvery(Duration.ofMillis(Workload.SNAPSHOT_INTERVAL_MILLIS));
            LocalJob.rehearse();
        }
        try (var running = LocalJob.start(isNumeric ? numbers() : job(workload), settings)) {
            running.await();
            running.failure().ifPresent(failure -> {
                throw failure;
            });
        }
    }

    static Job job(Workload workload) {
        return switch (workload) {
            case SUM, SUM_WITH_SNAPSHOTS -> sum();
            case STATELESS -> stateless();
            case WINDOWS, LATENCY -> windows(workload.windowMillis());
            case Q0, Q1, Q2, Q3, Q5, Q7, Q8 -> NexmarkJobs.of(workload);
        };
    }

    private static Job windows(long millis) {
        return Job.named(
                "windows",
                flow -> flow.source("feed", FeedSource.ofEvents())
                        .assignTimestamps(event -> event.millis() * NANOS_PER_MILLI)
                        .inOrder()
                        .keyBy("key", event -> Long.valueOf(event.key()))
                        .window(Windows.tumbling(Duration.ofMillis(millis)))
                        .count("count")
                        .entries()
                        .sink("tally", TallySink.ofWindows()));
    }

    private static Job sum() {
        return Job.named(
                "sum",
                flow -> flow.source("feed", FeedSource.ofEvents())
                        .keyBy("key", event -> Long.valueOf(event.key()))
                        .fold("sum", 0L, (sum, event) -> sum + event.value())
                        .entries()
                        .sink("tally", TallySink.ofSums()));
    }

    private static Job numbers() {
        return Job.named(
                "sum of numbers",
                flow -> flow.source("feed", FeedSource.ofEvents())
                        .numbersBy("key", Event::key, Event::value)
                        .sum("sum")
                        .sink("tally", TallySink.ofNumberedSums()));
    }

    private static Job stateless() {
        return Job.named(
                "stateless",
                flow -> flow.source("feed", FeedSource.of(Feed::number))
                        .map(Steps::shrink)
                        .filter(Steps::isNoMultipleOf16)
                        .map(Steps::scramble)
                        .filter(Steps::isNoMultipleOf5)
                        .map(Steps::fold)
                        .sink("tally", TallySink.ofNumbers()));
    }
}
