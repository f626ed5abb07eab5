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

/** A job whose source has nothing more to give: what it costs. */
final class IdleRun {
    /** How often the source is asked while it has something, and how many records it has then: so that what is run when it is dry has been compiled. */
    private static final Duration BUSY_POLL = Duration.ofMillis(1);

    private static final int BUSY_RECORDS = 16;

    /** Small enough for all keys to be known at once. */
    private static final long KEYS = 1_000;

    private IdleRun() {}

    /**
     * What is done.
     *
     * @param poll how often the source, with two partitions, wants to be asked when it has nothing
     * @param work how long it has something first
     * @param settle between that and the measurement
     */
    record Settings(int workers, Duration poll, Duration work, Duration settle, Duration length) {}

    /**
     * What was seen.
     *
     * @param share of one processor that this process used
     * @param records that came out before, and none while it was measured
     * @param polls how often the source was asked while it was measured
     */
    record Report(double share, long records, long polls, double others) {}

    static Report run(Settings settings) throws InterruptedException {
        var asked = new AtomicLong();
        var taken = new AtomicLong();
        long dryNanos = System.nanoTime() + settings.work().toNanos();
        var job = Job.named(
                "idle",
                flow -> flow.source("spring", new Spring(dryNanos, settings.poll(), asked))
                        .keyBy("key", reading -> Long.valueOf(reading.key()))
                        .fold("count", 0L, (count, reading) -> count + 1)
                        .sink("taken", context -> (count, time) -> taken.incrementAndGet()));
        try (var running = LocalJob.start(job, LocalJob.Settings.workers(settings.workers()))) {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, dryNanos - System.nanoTime())
                    + settings.settle().toNanos());
            long records = taken.get();
            long before = asked.get();
            var processors = new OtherProcesses();
            TimeUnit.NANOSECONDS.sleep(settings.length().toNanos());
            var report = new Report(processors.ownProcessors(), records, asked.get() - before, processors.processors());
            if (taken.get() != records) {
                throw new IllegalStateException("a source without records gave " + (taken.get() - records));
            }
            running.failure().ifPresent(failure -> {
                throw failure;
            });
            return report;
        }
    }

    private record Spring(long dryNanos, Duration poll, AtomicLong asked) implements Source<Reading> {
        @Override
        public List<String> partitions() {
            return List.of("0", "1");
        }

        @Override
        public Partition<Reading> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long given;

                @Override
                public Polled poll(Output<Reading> out, int max) {
                    asked.incrementAndGet();
                    if (System.nanoTime() - dryNanos >= 0) {
                        return Polled.later(poll);
                    }
                    for (int i = 0; i < BUSY_RECORDS; i++) {
                        out.emit(new Reading(given++ % KEYS, 1));
                    }
                    return Polled.later(BUSY_POLL);
                }

                @Override
                public Object position() {
                    return given;
                }
            };
        }
    }
}
