package dev.gyre.stream;

import dev.gyre.core.NodeContext;
import dev.gyre.raft.core.Timing;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.api.State;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.snapshot.SnapshotStores;
import dev.gyre.stream.worker.Carriage;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import dev.gyre.stream.worker.JobSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job for simulations: four partitions of numbers, keyed state that refuses a record that is out of order, a fold behind it, windows, and two transactional
 * sinks. {@link JobAccount} says what it shows.
 */
final class NumbersJob {
    /** How many nodes vote on decisions. */
    private static final int CONTROLLERS = 3;

    /** So many numbers in a row are of one key, which comes again after all others. */
    private static final int ERA = 40;

    private static final int ERAS = 20;

    /** The state of an era is large enough that sections are worth referring to. */
    private static final String WEIGHT = "w".repeat(400);

    /** With enough key groups for any number of workers. A job is made once, as each has classes of its own. */
    static final Job WIDE = of(64, true);
    /** With few, so that little is handed over when it is rescaled. */
    static final Job NARROW = of(8, false);

    /** Where it runs now. */
    private static JobWorld world = new JobWorld(0, 0);

    private NumbersJob() {}

    /** The latest of a partition: a state that never changes, so that groups of it are frozen for snapshots, where those of lists and maps are written at once. */
    record Counted(long count, String partition, long number) {
        private Counted next(List<Object> record) {
            return new Counted(count + 1, (String) record.get(0), (Long) record.get(1));
        }
    }

    /** @param hasEras whether there is state of which a snapshot changes a little */
    private static Job of(int keyGroups, boolean hasEras) {
        return Job.named("numbers", keyGroups, flow -> {
            var numbers = flow.types(Counted.class)
                    .source("numbers", new Numbers())
                    .assignTimestamps(record -> (Long) record.get(1))
                    .inOrder();
            numbers.keyBy("rest", record -> (Long) record.get(1) % JobAccount.KEYS)
                    .stateful("order", NumbersJob::number)
                    .values()
                    .keyBy("partition", record -> record.get(0))
                    .fold("count", new Counted(0, "", 0), Counted::next)
                    .values()
                    .map(counted -> List.<Object>of(counted.count, counted.partition, counted.number))
                    .sink("shown", context -> new Shown("shown", context));
            if (hasEras) {
                numbers.keyBy("era", record -> (Long) record.get(1) / ERA % ERAS)
                        .stateful("eras", NumbersJob::era)
                        .values()
                        .sink("nothing", context -> new Shown("nothing", context));
            }
            numbers.keyBy("window key", record -> (Long) record.get(1) % JobAccount.WINDOW_KEYS)
                    .window(Windows.tumbling(Duration.ofNanos(JobAccount.WINDOW_NANOS)))
                    .count("records")
                    .entries()
                    .map(entry -> List.<Object>of(
                            "window",
                            entry.key(),
                            entry.value().start(),
                            entry.value().value()))
                    .sink("windows", context -> new Shown("windows", context));
        });
    }

    /** From now on it runs in another world. */
    static void runIn(JobWorld next) {
        world = next;
    }

    /** A node that runs it. */
    static JobNode node(
            NodeContext<JobMessage, JobNode.Signal> context,
            Job job,
            ControlSettings control,
            SnapshotStores stores,
            Carriage carriage) {
        return new JobNode(
                context,
                new JobSettings(
                        job.plan(),
                        job.types(),
                        control,
                        Timing.defaults(),
                        true,
                        CONTROLLERS,
                        stores,
                        () -> {},
                        world.watcher(context.nodeId()),
                        carriage,
                        portionBytes(context.nodeId())));
    }

    /** At every second node groups are written one by one, so that they are changed before. */
    private static int portionBytes(String node) {
        return node.hashCode() % 2 == 0 ? 1 : JobSettings.PORTION_BYTES;
    }

    /** Refuses a number that does not follow the last one of its era and partition, also if that was long ago. */
    private static void era(Long key, List<Object> record, State<List<Object>> state, Output<List<Object>> out) {
        var partition = (String) record.get(0);
        long number = (Long) record.get(1);
        var next = new TreeMap<String, Object>();
        state.get().ifPresent(old -> ((Map<?, ?>) old.getFirst()).forEach((of, last) -> next.put((String) of, last)));
        long last = (Long) next.getOrDefault(partition, key * ERA - ERA * (ERAS - 1) - 1L);
        long expected = (last + 1) % ERA == 0 ? last + 1 + ERA * (ERAS - 1) : last + 1;
        if (number != expected) {
            throw new AssertionError("era " + key + ", " + partition + ": " + number + " came after " + last);
        }
        next.put(partition, number);
        state.set(List.of(next, WEIGHT));
    }

    /** Numbers the records of each key and partition, and refuses one that is out of order. */
    private static void number(
            Long key, List<Object> record, State<Map<String, Long>> state, Output<List<Object>> out) {
        var partition = (String) record.get(0);
        long number = (Long) record.get(1);
        var last = state.orElse(Map.of());
        long before = last.getOrDefault(partition, key - JobAccount.KEYS);
        if (number != before + JobAccount.KEYS) {
            throw new AssertionError("key " + key + ", " + partition + ": " + number + " came after " + before);
        }
        var next = new TreeMap<>(last);
        next.put(partition, number);
        state.set(next);
        out.emit(List.of(partition, number));
    }

    /** Partitions that give a few records at a time. */
    private static final class Numbers implements Source<List<Object>> {
        @Override
        public List<String> partitions() {
            var names = new ArrayList<String>();
            for (int i = 0; i < JobAccount.PARTITIONS; i++) {
                names.add("p" + i);
            }
            return names;
        }

        @Override
        public Partition<List<Object>> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next = (Long) position.orElse(0L);

                @Override
                public Polled poll(Output<List<Object>> out, int max) {
                    for (int i = 0; i < 5 && next < world.records; i++) {
                        out.emit(List.of(name, next));
                        next++;
                    }
                    return next < world.records ? Polled.later(Duration.ofMillis(world.pauseMillis)) : Polled.FINISHED;
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }

    /** Shows what was written when the snapshot is committed, and not before. */
    private static final class Shown implements Sink.Writer<List<Object>> {
        private final String name;
        private final Sink.Context context;
        private final TreeMap<Long, Map<String, Object>> prepared = new TreeMap<>();
        private List<Object> records = new ArrayList<>();

        Shown(String name, Sink.Context context) {
            this.name = name;
            this.context = context;
            context.prepared().forEach(all -> world.show((List<?>) all));
        }

        @Override
        public void write(List<Object> value, long time) {
            records.add(value);
        }

        @Override
        public Optional<Object> prepare(long snapshot) {
            var id = name + "-" + context.generation() + "-" + context.worker() + "-" + snapshot;
            Map<String, Object> own = new TreeMap<>(Map.<String, Object>of("id", id, "records", List.copyOf(records)));
            records = new ArrayList<>();
            prepared.put(snapshot, own);
            return Optional.of(List.copyOf(prepared.values())); // with those for snapshots that came to nothing
        }

        @Override
        public void commit(Object other) {
            world.show((List<?>) other);
        }

        @Override
        public void committed(long snapshot) {
            prepared.headMap(snapshot, true).values().forEach(world::showOne);
            prepared.headMap(snapshot, true).clear();
        }
    }
}
