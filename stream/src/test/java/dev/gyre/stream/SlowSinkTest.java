package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Sink;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sinks that cannot take more for a while, and then can, though nobody says so. */
@Timeout(60)
class SlowSinkTest {
    private static final long RECORDS = 20_000;

    /** Takes a batch, and refuses for as many questions as are told. */
    private record Refusing(int refusals, AtomicLong taken) implements Sink<Long> {
        @Override
        public Writer<Long> open(Context context) {
            var left = new AtomicInteger();
            return new Writer<>() {
                @Override
                public void write(Long value, long time) {
                    taken.incrementAndGet();
                    left.set(refusals);
                }

                @Override
                public boolean isReady() {
                    return left.getAndUpdate(was -> Math.max(0, was - 1)) == 0;
                }
            };
        }
    }

    @Test
    void jobGoesOnWhenASinkBehindAnExchangeIsReadyAgain() throws InterruptedException {
        var taken = new AtomicLong();
        var job = Job.named(
                "refused",
                flow -> flow.source("numbers", new LocalJobTest.Numbers(RECORDS))
                        .keyBy("number", number -> number % 100)
                        .fold("count", 0L, (count, number) -> count + 1)
                        .sink("refusing", new Refusing(3, taken)));

        assertEnds(job, taken);
    }

    @Test
    void jobGoesOnWhenASinkBehindASourceIsReadyAgain() throws InterruptedException {
        var taken = new AtomicLong();
        var job = Job.named(
                "refused",
                flow -> flow.source("numbers", new LocalJobTest.Numbers(RECORDS))
                        .map(number -> number + 1)
                        .sink("refusing", new Refusing(3, taken)));

        assertEnds(job, taken);
    }

    private static void assertEnds(Job job, AtomicLong taken) throws InterruptedException {
        try (var running = LocalJob.start(job, LocalJob.Settings.workers(2))) {
            boolean isAtItsEnd = running.await(Duration.ofSeconds(50));

            assertThat(running.failure()).isEmpty();
            assertThat(isAtItsEnd).as("taken: " + taken + " of " + RECORDS).isTrue();
            assertThat(taken).hasValue(RECORDS);
        }
    }
}
