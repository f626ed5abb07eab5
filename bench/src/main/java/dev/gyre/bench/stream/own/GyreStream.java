package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Steps;
import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import dev.gyre.stream.Job;
import java.util.Optional;

/** The keyed dataflow of this project. */
public final class GyreStream implements StreamContender {
    @Override
    public String name() {
        return "ours";
    }

    @Override
    public String settings() {
        return "as it is";
    }

    @Override
    public Optional<String> gap(Workload workload) {
        return Optional.of("not there yet");
    }

    @Override
    public void run(Workload workload) {
        throw new UnsupportedOperationException("nothing runs " + job(workload).name() + " on threads yet");
    }

    static Job job(Workload workload) {
        return switch (workload) {
            case SUM, SUM_WITH_SNAPSHOTS -> sum();
            case STATELESS -> stateless();
            case WINDOWS, LATENCY -> throw new UnsupportedOperationException("there are no windows yet");
        };
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
