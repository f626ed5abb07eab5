package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Scenario;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.raft.core.Timing;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.api.State;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.control.JobPhase;
import dev.gyre.stream.control.Request;
import dev.gyre.stream.snapshot.MemorySnapshots;
import dev.gyre.stream.snapshot.Replicas;
import dev.gyre.stream.snapshot.ReplicatedSnapshots;
import dev.gyre.stream.snapshot.SnapshotStores;
import dev.gyre.stream.worker.Carriage;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import dev.gyre.stream.worker.JobSettings;
import dev.gyre.stream.worker.SmallLinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole job on simulated nodes that crash, stand still and come back, while it is rescaled and snapshots are taken: what the sink shows in the end is what
 * an unbroken run shows, each record once.
 */
final class JobRun {

    private static final ControlSettings CONTROL = new ControlSettings(
            3,
            Duration.ofMillis(2000),
            Duration.ofMillis(300),
            Optional.of(Duration.ofMillis(700)),
            Duration.ofSeconds(4),
            Duration.ofSeconds(4),
            Duration.ofMillis(200),
            2);

    /** Little room and chunks of a few records, so that parts take several entries and the log is cut. */
    private static final ReplicatedSnapshots.Settings STORE =
            new ReplicatedSnapshots.Settings(400_000, 500, 4, Duration.ofMillis(1500));

    private static final Logger log = LoggerFactory.getLogger(JobRun.class);

    private static World world = new World(Kind.DIRECT);

    /**
     * What is run.
     *
     * @param records of each partition
     * @param pauseMillis between some records and the next
     * @param carriage how frames get from worker to worker
     * @param faults that strike
     * @param hasStoreOnRaft whether the nodes keep snapshots themselves
     */
    record Kind(long records, int pauseMillis, Carriage carriage, Set<FaultKind> faults, boolean hasStoreOnRaft) {
        /** Frames by reference: messages arrive in order and are not lost, nodes crash and stand still. */
        static final Kind DIRECT =
                new Kind(4000, 10, new Carriage.Direct(), EnumSet.of(FaultKind.CRASH, FaultKind.PAUSE), false);

        /** Frames over links with little room: messages overtake each other, and all strikes that a node is to survive that keeps its log. */
        static final Kind LINKED =
                new Kind(1500, 25, Carriage.OverLinks.byReference(SmallLinks.SETTINGS), FaultKind.USUAL, false);

        Kind with(Set<FaultKind> others) {
            return new Kind(records, pauseMillis, carriage, others, hasStoreOnRaft);
        }

        /** With snapshots that nodes keep in their own logs. */
        Kind onRaft() {
            return new Kind(records, pauseMillis, carriage, faults, true);
        }

        boolean isLinked() {
            return carriage instanceof Carriage.OverLinks;
        }

        int nodes(long seed) {
            return isLinked() ? 3 + (int) (seed % 5) : 5;
        }

        Latency latency(long seed) {
            return isLinked()
                    ? Latency.exponential(Duration.ofMillis(1 + seed % 4))
                    : Latency.constant(Duration.ofMillis(seed % 2 == 0 ? 1 : 8));
        }
    }

    /** What outlives all nodes in a run. */
    private static final class World {
        final Kind kind;
        final MemorySnapshots snapshots = new MemorySnapshots();
        final Replicas replicas = new Replicas();
        final TreeSet<String> committed = new TreeSet<>();
        final List<List<Object>> shown = new ArrayList<>();
        final TreeSet<String> complete = new TreeSet<>();
        final TreeMap<String, Long> counts = new TreeMap<>();
        final TreeMap<Long, List<Integer>> workersByVersion = new TreeMap<>();

        World(Kind kind) {
            this.kind = kind;
        }

        SnapshotStores stores() {
            return kind.hasStoreOnRaft ? replicas.of(STORE) : SnapshotStores.of(snapshots.store(Runnable::run));
        }

        /** One worker set a version, and snapshots that go on. */
        void stands(Answer.Standing standing) {
            if (standing.phase() == JobPhase.RUNNING) {
                var before = workersByVersion.putIfAbsent(standing.version(), standing.workers());
                assertThat(standing.workers())
                        .as("workers of version %d", standing.version())
                        .isEqualTo(before == null ? standing.workers() : before);
            }
        }

        void show(List<?> all) {
            all.forEach(one -> showOne((Map<?, ?>) one));
        }

        void showOne(Map<?, ?> prepared) {
            if (committed.add((String) prepared.get("id"))) {
                ((List<?>) prepared.get("records")).forEach(record -> shown.add(List.copyOf((List<?>) record)));
            }
        }

        void count(String what) {
            counts.merge(what, 1L, Long::sum);
        }
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
                    for (int i = 0; i < 5 && next < world.kind.records; i++) {
                        out.emit(List.of(name, next));
                        next++;
                    }
                    return next < world.kind.records
                            ? Polled.later(Duration.ofMillis(world.kind.pauseMillis))
                            : Polled.FINISHED;
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

    private static final Job JOB = Job.named("numbers", 64, flow -> {
        var numbers = flow.source("numbers", new Numbers())
                .assignTimestamps(record -> (Long) record.get(1))
                .inOrder();
        numbers.keyBy("rest", record -> (Long) record.get(1) % JobAccount.KEYS)
                .stateful("order", JobRun::number)
                .values()
                .keyBy("partition", record -> record.get(0))
                .fold(
                        "count",
                        List.of(0L, "", 0L),
                        (List<Object> count, List<Object> record) ->
                                List.of((Long) count.getFirst() + 1, record.get(0), record.get(1)))
                .values()
                .sink("shown", context -> new Shown("shown", context));
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

    private static JobNode node(NodeContext<JobMessage, JobNode.Signal> context) {
        var id = context.nodeId();
        long[] last = {0};
        return new JobNode(
                context,
                new JobSettings(
                        JOB.plan(),
                        JOB.types(),
                        CONTROL,
                        Timing.defaults(),
                        true,
                        3,
                        world.stores(),
                        () -> {},
                        new JobSettings.Watcher() {
                            @Override
                            public void began(JobPhase phase) {
                                stopped(phase == JobPhase.COMPLETE);
                            }

                            @Override
                            public void stopped(boolean isComplete) {
                                if (isComplete) {
                                    world.complete.add(id);
                                }
                            }

                            @Override
                            public void failed(RuntimeException failure) {
                                throw new AssertionError(failure.getMessage(), failure);
                            }

                            @Override
                            public void snapshotCommitted(long snapshot) {
                                world.count("snapshots");
                                assertThat(snapshot).as("snapshot at %s", id).isGreaterThan(last[0]);
                                last[0] = snapshot;
                            }
                        },
                        world.kind.carriage));
    }

    private static final Scenario<JobMessage> SCENARIO = run -> {
        var client = run.client();
        int nodes = run.nodeIds().size();
        run.every(Duration.ofMillis(900), () -> {
            var id = "r" + run.nowNanos();
            var request = run.random().nextInt(4) == 0
                    ? new Request.SnapshotNow(id)
                    : new Request.RescaleTo(id, 1 + run.random().nextInt(nodes));
            client.call(run.anyNode(), new JobMessage.Asked(request), Duration.ofSeconds(5))
                    .whenDone(outcome -> world.count(String.valueOf(outcome).replaceAll("[0-9]+", "#")));
        });
        run.every(Duration.ofMillis(300), () -> {
            var status = new JobMessage.Asked(new Request.Status("s" + run.nowNanos()));
            client.call(run.anyNode(), status, Duration.ofSeconds(5)).whenDone(outcome -> {
                if (outcome instanceof Outcome.Ok<JobMessage>(JobMessage.Answered(Answer.Standing standing))) {
                    run.check(() -> world.stands(standing));
                }
            });
        });
        run.whenSettled(() -> run.check(() -> {
            assertThat(world.complete).as("nodes at which the job is complete").hasSize(nodes);
            JobAccount.check(world.shown, world.kind.records());
            int objectsMax = CONTROL.maxSnapshots() * nodes;
            world.replicas
                    .names()
                    .forEach(names -> assertThat(names).as("what is kept").hasSizeLessThanOrEqualTo(objectsMax));
        }));
    };

    private static Simulation<JobMessage, JobNode.Signal> simulation(Kind kind, long seed) {
        ServiceFactory<JobMessage, JobNode.Signal> factory = JobRun::node;
        return Simulation.of(JobMessage.class, factory)
                .nodes(kind.nodes(seed))
                .latency(kind.latency(seed))
                .chaos(Duration.ofSeconds(12))
                .settle(Duration.ofSeconds(20))
                .faults(kind.faults);
    }

    /** The first of some seeds that fails with crashes and pauses, and why; empty when none does. */
    static String firstFailure(int seeds) {
        return firstFailure(Kind.DIRECT, 1, seeds);
    }

    static String firstFailure(Kind kind, long first, int seeds) {
        var counts = new TreeMap<String, Long>();
        for (long seed = first; seed < first + seeds; seed++) {
            world = new World(kind);
            try {
                simulation(kind, seed).run(seed, SCENARIO);
            } catch (RuntimeException | AssertionError failure) {
                return "seed " + seed + ": " + failure;
            }
            world.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
        }
        log.info("{}", counts);
        return "";
    }
}
