package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.control.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole jobs on threads. */
@Timeout(60)
class LocalJobTest {
    /**
     * Two partitions that count.
     *
     * @param records where they end; may be lowered while they are read
     * @param progress how far each is, about
     */
    record Numbers(AtomicLong records, Map<String, Long> progress) implements Source<Long> {
        Numbers(long records) {
            this(new AtomicLong(records), new ConcurrentHashMap<>());
        }

        /** Makes them end a little behind where they are. Returns where. */
        long end() {
            long furthest =
                    progress.values().stream().mapToLong(Long::longValue).max().orElse(0);
            long end = (furthest / 100 + 200_000) * 100;
            records.set(end);
            return end;
        }

        @Override
        public List<String> partitions() {
            return List.of("even", "odd");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next = (Long) position.orElse(name.equals("odd") ? 1L : 0L);

                @Override
                public Polled poll(Output<Long> out, int max) {
                    long end = records.get();
                    for (int i = 0; i < max && next < end; i++) {
                        out.emit(next);
                        next += 2;
                    }
                    progress.put(name, next);
                    return next < end ? Polled.MORE : Polled.FINISHED;
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }

    private static Job sums(long records, Map<Long, Long> sums) {
        return sums(new Numbers(records), sums);
    }

    private static Job sums(Numbers numbers, Map<Long, Long> sums) {
        return Job.named(
                "sums",
                flow -> flow.source("numbers", numbers)
                        .keyBy("rest", number -> number % 100)
                        .fold("sum", 0L, (Long sum, Long number) -> sum + number)
                        .entries()
                        .sink("sums", context -> (entry, time) -> sums.put(entry.key(), entry.value())));
    }

    private static void assertSums(Map<Long, Long> sums, long records) {
        for (long rest = 0; rest < 100; rest++) {
            long count = records / 100;
            assertThat(sums).containsEntry(rest, count * rest + 100 * count * (count - 1) / 2);
        }
    }

    /** A worker that cannot be reached yet when the job's decider begins is not heard of for six seconds. */
    @Test
    void allWorkersAreKnownAtOnce() throws InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            LocalJob.start(sums(100, new ConcurrentHashMap<>()), LocalJob.Settings.workers(4))
                    .close();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void jobRunsToItsEndOnOneThreadAndOnSeveral() throws InterruptedException {
        for (int workers = 1; workers <= 4; workers++) {
            var sums = new ConcurrentHashMap<Long, Long>();
            try (var running = LocalJob.start(sums(100_000, sums), LocalJob.Settings.workers(workers))) {
                running.await();
                assertThat(running.failure()).isEmpty();
            }
            assertSums(sums, 100_000);
        }
    }

    @Test
    void jobIsRescaledWhileItRuns() throws Exception {
        var sums = new ConcurrentHashMap<Long, Long>();
        var numbers = new Numbers(Long.MAX_VALUE);
        try (var running =
                LocalJob.start(sums(numbers, sums), LocalJob.Settings.workers(1).upTo(4))) {
            for (int workers : new int[] {4, 2, 3, 1, 2}) {
                assertThat(running.rescale(workers).get()).isInstanceOf(Answer.Done.class);
            }
            long end = numbers.end();
            running.await();
            assertThat(running.failure()).isEmpty();
            assertSums(sums, end);
        }
    }

    @Test
    void suspensionIsNotTheEndOfAJob() throws Exception {
        var sums = new ConcurrentHashMap<Long, Long>();
        var numbers = new Numbers(Long.MAX_VALUE);
        try (var running = LocalJob.start(sums(numbers, sums), LocalJob.Settings.workers(2))) {
            assertThat(running.suspend().get()).isInstanceOf(Answer.Done.class);
            running.await();
            assertThat(running.awaitComplete(Duration.ZERO)).isFalse();

            assertThat(running.resume().get()).isInstanceOf(Answer.Done.class);
            long end = numbers.end();
            running.awaitComplete();
            assertThat(running.failure()).isEmpty();
            assertSums(sums, end);
        }
    }

    @Test
    void snapshotsAreTakenWhileRecordsFlow() throws Exception {
        var sums = new ConcurrentHashMap<Long, Long>();
        var settings = LocalJob.Settings.workers(2).snapshotEvery(Duration.ofMillis(20));
        var numbers = new Numbers(Long.MAX_VALUE);
        try (var running = LocalJob.start(sums(numbers, sums), settings)) {
            for (int i = 0; i < 20; i++) {
                assertThat(running.snapshot().get()).isInstanceOf(Answer.Done.class);
            }
            long end = numbers.end();
            running.await();
            assertThat(running.failure()).isEmpty();
            assertSums(sums, end);
        }
    }

    /** What goes from one stage of a worker to another is taken at once, not when its source is asked next. */
    @Test
    void recordsComeOutThoughTheirSourceRestsBehindThem() throws InterruptedException {
        var taken = new CountDownLatch(Seldom.RECORDS);
        var job = Job.named(
                "seldom",
                flow -> flow.source("seldom", new Seldom())
                        .keyBy("number", number -> number)
                        .fold("count", 0L, (count, number) -> count + 1)
                        .sink("taken", context -> (count, time) -> taken.countDown()));

        try (var running = LocalJob.start(job, LocalJob.Settings.workers(1))) {
            assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(running.failure()).isEmpty();
        }
    }

    /** Has nothing for a while, so that all that there is to do at the start of a job is done; then a few records; then nothing for an hour. */
    private record Seldom() implements Source<Long> {
        static final int RECORDS = 10;

        @Override
        public List<String> partitions() {
            return List.of("seldom");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private int looks;

                @Override
                public Polled poll(Output<Long> out, int max) {
                    if (++looks < RECORDS) {
                        return Polled.later(Duration.ofMillis(50));
                    }
                    for (long i = 0; i < RECORDS; i++) {
                        out.emit(i);
                    }
                    return Polled.later(Duration.ofHours(1));
                }

                @Override
                public Object position() {
                    return 0L;
                }
            };
        }
    }

    @Test
    void rehearsalLeavesNothingBehind() throws InterruptedException {
        var before = Thread.getAllStackTraces().keySet();
        LocalJob.rehearse();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName))
                .as("threads")
                .noneMatch(name -> name.contains("gyre"));
    }
}
