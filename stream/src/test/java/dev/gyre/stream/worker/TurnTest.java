package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.Job;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Batch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker does in its turns: two workers with a partition each, from which there is always more to read. */
class TurnTest {
    private static final int GROUPS = 64;

    private final TreeMap<String, Long> read = new TreeMap<>();
    private final TreeMap<Integer, Worker> workers = new TreeMap<>();
    private long written;
    /** By worker, what was written in all when a barrier came. */
    private final TreeMap<Integer, Long> atBarrier = new TreeMap<>();

    private boolean isDry;

    /** Numbers without end, unless there are none for now. */
    private final class Endless implements Source<Long> {
        @Override
        public List<String> partitions() {
            return List.of("0", "1");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next;

                @Override
                public Polled poll(Output<Long> out, int max) {
                    if (isDry) {
                        return Polled.later(Duration.ofMillis(1));
                    }
                    for (int i = 0; i < max; i++) {
                        out.emit(next++);
                    }
                    read.merge(name, (long) max, Long::sum);
                    return Polled.MORE;
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }

    private final class Counting implements Sink<Long> {
        @Override
        public Writer<Long> open(Context context) {
            return new Writer<>() {
                @Override
                public void write(Long value, long time) {
                    written++;
                }

                @Override
                public Optional<Object> prepare(long snapshot) {
                    atBarrier.put(context.worker(), written);
                    return Optional.empty();
                }
            };
        }
    }

    /** What is sent is there at once. */
    private record Direct(int from, TreeMap<Integer, Worker> workers) implements Port {
        @Override
        public void send(int to, Frame frame) {
            Objects.requireNonNull(workers.get(to)).receive(from, frame);
        }

        @Override
        public void rescaled(long version) {}

        @Override
        public void taken(long snapshot, List<String> older, List<ByteBuffer> part) {}

        @Override
        public void partitionFinished(String source, String partition) {}

        @Override
        public void ended(long version) {}
    }

    /** @param oneOf so many numbers, one is of interest */
    private void begin(long oneOf) {
        var job = Job.named(
                "turns",
                GROUPS,
                flow -> flow.source("in", new Endless())
                        .filter(number -> number % oneOf == 0)
                        .keyBy("key", number -> number)
                        .fold("sum", 0L, (sum, number) -> sum + number)
                        .sink("out", new Counting()));
        var assignment = Assignment.of(1, GROUPS, List.of(0, 1));
        var how = new Worker.Snapshots(Types.builtIn(), snapshot -> "snapshot-" + snapshot, JobSettings.PORTION_BYTES);
        for (int id : assignment.workers()) {
            var restored = new Restored(Types.builtIn());
            var setup = new Worker.Setup(id, 1, assignment, Optional.empty(), restored, how);
            workers.put(id, new Worker(job.plan(), setup, new Direct(id, workers)));
        }
        workers.forEach((id, worker) -> worker.openPartition("in", id.toString()));
    }

    private long read(int partition) {
        return read.getOrDefault(Integer.toString(partition), 0L);
    }

    /** A round of turns: one of the first worker, and so many of the second. */
    private void turns(int ofTheOther) {
        workers.get(0).step(0);
        for (int i = 0; i < ofTheOther; i++) {
            workers.get(1).step(0);
        }
    }

    @Test
    void whoIsSlowReadsLessAndTheOtherMore() {
        begin(1);
        for (int i = 0; i < 1_000; i++) {
            turns(4);
        }
        assertThat(read(1)).isGreaterThan(3 * read(0));
        long before = read(0);
        for (int i = 0; i < 20; i++) {
            turns(4);
        }
        assertThat(read(0)).as("read of a partition that does not stand still").isGreaterThan(before);
        assertThat(written).as("what is on its way is bounded").isGreaterThan((read(0) + read(1)) * 9 / 10);
    }

    @Test
    void whoAreAlikeReadAlike() {
        begin(1);
        for (int i = 0; i < 1_000; i++) {
            turns(1);
        }
        assertThat(read(0)).isBetween(read(1) * 9 / 10, read(1) * 11 / 10);
    }

    @Test
    void whatIsGatheredWaitsForSomeTurnsOnlyHoweverMuchThereIsToDo() {
        begin(Batch.CAPACITY);
        for (int i = 0; i < 40; i++) {
            turns(1);
        }
        long ofInterest = (read(0) + read(1)) / Batch.CAPACITY;
        assertThat(written).isBetween(ofInterest / 2, ofInterest);
    }

    /** A worker that is woken since its source may have something, and it has not, costs one turn and not two. */
    @Test
    void whoFindsNothingHasNothingMoreToDo() {
        begin(1);
        isDry = true;
        var worker = workers.get(0);
        worker.step(0);
        for (long millis = 2; millis < 10; millis++) {
            assertThat(worker.step(millis * 1_000_000)).isFalse();
        }
        isDry = false;
        assertThat(worker.step(20_000_000)).isTrue();
    }

    @Test
    void whoHasMoreToReadGoesOnThoughNobodyIsSentAnything() {
        begin(Long.MAX_VALUE);
        for (int i = 0; i < 20; i++) {
            assertThat(workers.get(0).step(0)).isTrue();
        }
        assertThat(read(0)).isGreaterThanOrEqualTo(20L * Batch.CAPACITY);
    }

    /** Else a record that changes a group would have it copied first, for each group. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void stateThatABarrierHasPassedIsTakenDownBeforeMoreRecordsAreTaken(int ahead) {
        begin(1);
        for (int i = 0; i < 20; i++) {
            turns(1);
        }
        for (int i = 0; i < ahead; i++) {
            workers.get(1).step(0); // in which round of its turn the first takes the barrier
        }
        workers.values().forEach(worker -> worker.snapshot(1, false));
        for (int i = 0; i < 20; i++) {
            workers.get(1).step(0); // there are records behind its barrier when the other looks
        }
        while (!atBarrier.containsKey(0)) {
            workers.get(0).step(0);
        }
        assertThat(written).isEqualTo(atBarrier.get(0));
        turns(1);
        assertThat(written).as("records go on").isGreaterThan(atBarrier.get(0));
    }
}
