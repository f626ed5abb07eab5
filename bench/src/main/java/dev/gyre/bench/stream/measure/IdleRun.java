package dev.gyre.bench.stream.measure;

import dev.gyre.bench.OtherProcesses;
import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A job whose source has nothing to give: what it costs. */
final class IdleRun {
    private IdleRun() {}

    /**
     * What is done.
     *
     * @param poll how often the source, with two partitions, wants to be asked
     * @param warmUp before it is measured
     */
    record Settings(int workers, Duration poll, Duration warmUp, Duration length) {}

    /**
     * What was seen.
     *
     * @param share of one processor that this process used
     * @param polls how often the source was asked while it was measured
     */
    record Report(double share, long polls, double others) {}

    static Report run(Settings settings) throws InterruptedException {
        var asked = new AtomicLong();
        var job = Job.named(
                "idle",
                flow -> flow.source("nothing", new Nothing(settings.poll(), asked))
                        .keyBy("key", reading -> Long.valueOf(reading.key()))
                        .fold("count", 0L, (count, reading) -> count + 1)
                        .sink("nowhere", context -> (count, time) -> {
                            throw new IllegalStateException("a source without records gave one");
                        }));
        try (var running = LocalJob.start(job, LocalJob.Settings.workers(settings.workers()))) {
            TimeUnit.NANOSECONDS.sleep(settings.warmUp().toNanos());
            long before = asked.get();
            var processors = new OtherProcesses();
            TimeUnit.NANOSECONDS.sleep(settings.length().toNanos());
            var report = new Report(processors.ownProcessors(), asked.get() - before, processors.processors());
            running.failure().ifPresent(failure -> {
                throw failure;
            });
            return report;
        }
    }

    private record Nothing(Duration poll, AtomicLong asked) implements Source<Reading> {
        @Override
        public List<String> partitions() {
            return List.of("0", "1");
        }

        @Override
        public Partition<Reading> open(String name, Optional<Object> position) {
            return new Partition<>() {
                @Override
                public Polled poll(Output<Reading> out, int max) {
                    asked.incrementAndGet();
                    return Polled.later(poll);
                }

                @Override
                public Object position() {
                    return 0L;
                }
            };
        }
    }
}
