package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Promise;
import dev.gyre.stream.Job;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.snapshot.MemorySnapshots;
import dev.gyre.stream.snapshot.Section;
import dev.gyre.stream.snapshot.SnapshotPart;
import dev.gyre.stream.snapshot.SnapshotStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Workers whose parts of snapshots refer to older ones: what they write, and what is restored from it. */
class IncrementsTest {
    private static final int GROUPS = 256;
    private static final long KEYS = 5_000;

    /** Records that are to come. */
    private static final ArrayDeque<Long> COMING = new ArrayDeque<>();

    /** The latest count of each key that came out. */
    private static final TreeMap<Long, Long> COUNTS = new TreeMap<>();

    private static final Job JOB = Job.named(
            "counts",
            GROUPS,
            flow -> flow.source("in", new Given())
                    .keyBy("key", key -> key)
                    .fold("count", List.of(0L), (List<Long> count, Long key) -> List.of(count.getFirst() + 1))
                    .entries()
                    .sink("out", context -> new Collected()));

    private final SnapshotStore store = new MemorySnapshots().store(Runnable::run);
    private final TreeMap<Long, Long> account = new TreeMap<>();
    private final TreeMap<Integer, Here> workers = new TreeMap<>();
    private final List<SnapshotStore.Stored> parts = new ArrayList<>();
    private final TreeMap<Integer, List<String>> older = new TreeMap<>();
    private long generation;
    private long snapshot;
    private long nowNanos;

    /** Gives what is to come. */
    private static final class Given implements Source<Long> {
        @Override
        public List<String> partitions() {
            return List.of("p");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                @Override
                public Polled poll(Output<Long> out, int max) {
                    for (int i = 0; i < 100 && !COMING.isEmpty(); i++) {
                        out.emit(COMING.remove());
                    }
                    return Polled.later(Duration.ofMillis(1));
                }

                @Override
                public Object position() {
                    return 0L;
                }
            };
        }
    }

    /** Takes what comes out. */
    private static final class Collected implements Sink.Writer<Keyed<Long, List<Long>>> {
        @Override
        public void write(Keyed<Long, List<Long>> value, long time) {
            COUNTS.put(value.key(), value.value().getFirst());
        }
    }

    /** A worker whose frames are there at once. */
    private final class Here implements Port {
        final int id;
        final Worker worker;

        Here(int id, Assignment assignment, Restored restored) {
            this.id = id;
            long in = generation;
            var how = new Worker.Snapshots(
                    JOB.types(), number -> number + "-of-" + id + "-in-" + in, JobSettings.PORTION_BYTES);
            worker =
                    new Worker(JOB.plan(), new Worker.Setup(id, in, assignment, Optional.empty(), restored, how), this);
        }

        @Override
        public void send(int to, Frame frame) {
            Objects.requireNonNull(workers.get(to)).worker.receive(id, frame);
        }

        @Override
        public void rescaled(long version) {}

        @Override
        public void taken(long number, List<String> referredTo, List<ByteBuffer> part) {
            older.put(id, referredTo);
            parts.add(now(store.put(number + "-of-" + id + "-in-" + generation, part)));
        }

        @Override
        public void partitionFinished(String source, String partition) {}

        @Override
        public void ended(long version) {}
    }

    private static <T> T now(Promise<T> promise) {
        return Objects.requireNonNull(promise.outcome()).orThrow();
    }

    /** A generation of some workers begins, from the last parts. */
    private void begin(Integer... ids) {
        generation++;
        workers.clear();
        var assignment = Assignment.of(generation, GROUPS, List.of(ids));
        for (int id : ids) {
            var restored = new Restored(JOB.types());
            for (var stored : parts) {
                var part = now(SnapshotPart.open(store, stored));
                for (var ref : part.sections()) {
                    int group = ref.section().group();
                    if (group == Section.NO_GROUP || assignment.owner(group) == id) {
                        restored.add(ref.section(), now(part.read(ref)), true);
                    }
                }
            }
            workers.put(id, new Here(id, assignment, restored));
        }
        workers.firstEntry().getValue().worker.openPartition("in", "p");
        go();
    }

    private void go() {
        do {
            nowNanos += 2_000_000;
            boolean any = true;
            while (any) { // a source that has nothing waits, and time stands still
                any = false;
                for (var here : workers.values()) {
                    any |= here.worker.step(nowNanos);
                }
            }
        } while (!COMING.isEmpty());
    }

    private void records(Iterable<Long> keys) {
        COUNTS.clear();
        for (var key : keys) {
            COMING.add(key);
            account.merge(key, 1L, Long::sum);
        }
        go();
        COUNTS.forEach((key, count) -> assertThat(count).as("key %d", key).isEqualTo(account.get(key)));
    }

    /** Takes a snapshot, and deletes what it does not need. How many bytes were written. */
    private long take() {
        snapshot++;
        parts.clear();
        workers.values().forEach(here -> here.worker.snapshot(snapshot, false));
        go();
        assertThat(parts).hasSameSizeAs(workers.values());
        workers.values().forEach(here -> here.worker.snapshotCommitted(snapshot));
        var needed = new TreeSet<String>();
        parts.forEach(part -> needed.add(part.name()));
        older.values().forEach(needed::addAll);
        now(store.list()).stream().filter(name -> !needed.contains(name)).forEach(name -> now(store.delete(name)));
        assertThat(now(store.list())).containsExactlyElementsOf(needed);
        return parts.stream().mapToLong(SnapshotStore.Stored::size).sum();
    }

    private static List<Long> some(Random random) {
        return random.longs(1 + random.nextInt(40), 0, KEYS).boxed().toList();
    }

    private static List<Long> all() {
        var keys = new ArrayList<Long>();
        for (long key = 0; key < KEYS; key++) {
            keys.add(key);
        }
        return keys;
    }

    @Test
    void portionInWhichNothingFitsIsRefused() {
        assertThatThrownBy(() -> new Worker.Snapshots(JOB.types(), number -> "part", 0))
                .hasMessage("a portion of a snapshot has at least 1 byte, not 0");
    }

    @Test
    void aSnapshotOfWhichFewGroupsHaveChangedIsSmall() {
        begin(0);
        records(all());
        long full = take();
        for (long key = 0; key < 20; key++) {
            records(List.of(key, key + 1));
            long increment = take();
            assertThat(increment).as("of %d bytes", full).isLessThan(full / 5);
            assertThat(older.get(0)).contains("1-of-0-in-1");
        }
        records(all());
        assertThat(take()).isGreaterThan(full / 2);
        assertThat(older.get(0)).isEmpty();
    }

    @Test
    void aGroupThatDidNotChangeIsWrittenAgainAfterASnapshotThatWasGivenUp() {
        begin(0);
        records(all());
        long full = take();
        records(all());
        workers.values().forEach(here -> here.worker.snapshot(snapshot + 1, false));
        go();
        workers.values().forEach(here -> here.worker.snapshotAborted(snapshot + 1));
        snapshot++;
        assertThat(take()).isGreaterThan(full / 2);
        assertThat(older.get(0)).isEmpty();
        begin(0);
        records(all());
    }

    @Test
    void whatManySnapshotsHaveWrittenIsRestoredAtOtherScales() {
        var random = new Random(1);
        int referred = 0;
        begin(0);
        records(all());
        for (var next : List.<Integer[]>of(
                new Integer[] {1, 2, 3}, new Integer[] {2}, new Integer[] {0, 2}, new Integer[] {1})) {
            take();
            assertThat(older.values()).as("of a generation that began").allMatch(List::isEmpty);
            for (int i = 0; i < 12; i++) {
                records(some(random));
                take();
                referred += older.values().stream().mapToInt(List::size).sum();
            }
            older.clear();
            begin(next);
            records(all());
        }
        assertThat(referred).isGreaterThan(100);
    }
}
