package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.NodeContext;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.raft.core.Timing;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.snapshot.MemorySnapshots;
import dev.gyre.stream.snapshot.SnapshotStores;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import dev.gyre.stream.worker.JobSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** All nodes of a job end without a word and are started again: how long until records flow. Decided as in a {@link LocalJob}, whose clock ticks slowly. */
class RestartTest {
    private static final Timing TIMING = Timing.of(Duration.ofSeconds(6), Duration.ofSeconds(9), Duration.ofSeconds(2));
    private static final ControlSettings CONTROL = new ControlSettings(
            2,
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Optional.of(Duration.ofMillis(100)),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            3);

    /** Each crash is a second after all were started again, so that there is a snapshot to go on from. */
    private static final int CRASHES = 5;

    /** Far above what the messages take, far below a tick. */
    private static final long BOUND_NANOS = Duration.ofMillis(100).toNanos();

    private static final List<String> NODES = List.of("n0", "n1");

    /** When the numbers were read first since the nodes were started, by which start it was. */
    private final TreeMap<Integer, Long> firstReadNanos = new TreeMap<>();

    private final TreeMap<Integer, Long> firstNumbers = new TreeMap<>();
    private final TreeMap<Integer, Long> startedNanos = new TreeMap<>();
    private final MemorySnapshots snapshots = new MemorySnapshots();
    private int starts;
    private Runnable onRead = () -> {};

    private final class Endless implements Source<Long> {
        @Override
        public List<String> partitions() {
            return List.of("numbers");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private long next = (Long) position.orElse(0L);

                @Override
                public Polled poll(Output<Long> out, int max) {
                    firstNumbers.putIfAbsent(starts, next);
                    onRead.run();
                    out.emit(next++);
                    return Polled.later(Duration.ofMillis(10));
                }

                @Override
                public Object position() {
                    return next;
                }
            };
        }
    }

    /** The clock of a process begins when it does, so that of a later life is behind that of an earlier one. */
    @SuppressWarnings("unchecked") // of the same interface
    private NodeContext<JobMessage, JobNode.Signal> ofItsProcess(
            NodeContext<JobMessage, JobNode.Signal> node, long firstNanos) {
        long startNanos = node.nowNanos() - firstNanos;
        return (NodeContext<JobMessage, JobNode.Signal>) Proxy.newProxyInstance(
                RestartTest.class.getClassLoader(),
                new Class<?>[] {NodeContext.class},
                (proxy, method, arguments) -> method.getName().equals("nowNanos")
                        ? (Object) (node.nowNanos() - startNanos)
                        : method.invoke(node, arguments));
    }

    private Simulation<JobMessage, JobNode.Signal> simulation(LongUnaryOperator firstNanosOfStart) {
        var job = Job.named(
                "endless",
                64,
                flow -> flow.source("numbers", new Endless())
                        .keyBy("number", number -> number % 7)
                        .fold("count", 0L, (Long count, Long number) -> count + 1)
                        .values()
                        .discard());
        ServiceFactory<JobMessage, JobNode.Signal> factory = node -> new JobNode(
                ofItsProcess(node, firstNanosOfStart.applyAsLong(starts)),
                new JobSettings(
                        job.plan(),
                        job.types(),
                        CONTROL,
                        TIMING,
                        true,
                        1,
                        SnapshotStores.of(snapshots.store(Runnable::run)),
                        () -> {},
                        new JobSettings.Watcher() {}));
        return Simulation.of(JobMessage.class, factory)
                .nodes(NODES.size())
                .latency(Latency.constant(Duration.ofMillis(1)))
                .faults(EnumSet.noneOf(FaultKind.class))
                .chaos(Duration.ofSeconds(2 * CRASHES + 2));
    }

    /** Starts the job and crashes it, again and again. */
    private void play(LongUnaryOperator firstNanosOfStart) {
        simulation(firstNanosOfStart).run(1, run -> {
            startedNanos.put(0, 0L);
            onRead = () -> firstReadNanos.putIfAbsent(starts, run.nowNanos());
            for (int i = 1; i <= CRASHES; i++) {
                run.after(Duration.ofMillis(2000L * i), () -> NODES.forEach(node -> run.inject(new Fault.Crash(node))));
                run.after(Duration.ofMillis(2000L * i + 10), () -> {
                    starts++;
                    startedNanos.put(starts, run.nowNanos());
                    NODES.forEach(node -> run.inject(new Fault.Restart(node)));
                });
            }
        });
        assertThat(firstReadNanos).hasSize(CRASHES + 1);
    }

    private void readsOnAtOnce() {
        firstReadNanos.forEach((start, read) -> assertThat(read - startedNanos.getOrDefault(start, 0L))
                .as("nanoseconds from start %s to the first record", start)
                .isBetween(0L, BOUND_NANOS));
        for (int start = 1; start <= CRASHES; start++) {
            assertThat(firstNumbers.get(start))
                    .as("where start %s reads on", start)
                    .isGreaterThan(firstNumbers.get(start - 1));
        }
    }

    @Test
    void recordsFlowAtOnceWhenTheClockIsBehindThatOfEarlierLives() {
        play(start -> (CRASHES - start + 1) * 1_000_000);
        readsOnAtOnce();
    }

    @Test
    void lifeThatBeginsAtTheSameTimeAsAnEarlierOneTakesNothingOfItForItsOwn() {
        play(start -> 0);
        readsOnAtOnce();
    }
}
