package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ServiceFactory;
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
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Snapshots are as far apart as was asked for, also where nothing else happens in between: the ticks of a {@link LocalJob} are two seconds apart. */
class SnapshotIntervalTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration LENGTH = Duration.ofSeconds(20);

    /** A snapshot itself takes some messages of a millisecond. */
    private static final int LEAST = 150;

    private final TreeSet<Long> committed = new TreeSet<>();
    private final TreeSet<Long> inTime = new TreeSet<>();

    /** Has nothing, and wants not to be asked. */
    private static final class Dry implements Source<Long> {
        @Override
        public List<String> partitions() {
            return List.of("numbers");
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            return new Partition<>() {
                @Override
                public Polled poll(Output<Long> out, int max) {
                    return Polled.later(LENGTH);
                }

                @Override
                public Object position() {
                    return 0L;
                }
            };
        }
    }

    private final class Counting implements JobSettings.Watcher {
        @Override
        public void snapshotCommitted(long snapshot) {
            committed.add(snapshot);
        }
    }

    @Test
    void snapshotsAreTakenWhenTheyAreDue() {
        var job =
                Job.named("waits", 64, flow -> flow.source("numbers", new Dry()).discard());
        var control = new ControlSettings(
                2,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Optional.of(INTERVAL),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                3);
        var timing = Timing.of(Duration.ofSeconds(6), Duration.ofSeconds(9), Duration.ofSeconds(2));
        var snapshots = new MemorySnapshots();
        ServiceFactory<JobMessage, JobNode.Signal> factory = node -> new JobNode(
                node,
                new JobSettings(
                        job.plan(),
                        job.types(),
                        control,
                        timing,
                        false,
                        1,
                        SnapshotStores.of(snapshots.store(Runnable::run)),
                        () -> {},
                        new Counting()));
        Simulation.of(JobMessage.class, factory)
                .nodes(2)
                .latency(Latency.constant(Duration.ofMillis(1)))
                .faults(EnumSet.noneOf(FaultKind.class))
                .chaos(LENGTH)
                .run(1, run -> run.after(LENGTH, () -> inTime.addAll(committed)));

        assertThat(inTime).hasSizeBetween(LEAST, (int) LENGTH.dividedBy(INTERVAL));
    }
}
