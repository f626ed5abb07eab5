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
import dev.gyre.stream.control.Request;
import dev.gyre.stream.io.Sinks;
import dev.gyre.stream.snapshot.MemorySnapshots;
import dev.gyre.stream.snapshot.SnapshotStores;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import dev.gyre.stream.worker.JobSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is decided while workers still read their snapshot. */
class SlowRestoreTest {
    private static final Duration RESTORE = Duration.ofMillis(200);

    private final List<String> partitions = new ArrayList<>(List.of("a"));
    private final List<String> read = new ArrayList<>();
    private final MemorySnapshots snapshots = new MemorySnapshots();
    private Consumer<Runnable> later = Runnable::run;
    private int completions;

    /** Each partition has one record, its name. */
    private final class Names implements Source<String> {
        @Override
        public List<String> partitions() {
            return List.copyOf(partitions);
        }

        @Override
        public Partition<String> open(String name, Optional<Object> position) {
            return new Partition<>() {
                private boolean isRead = position.isPresent();

                @Override
                public Polled poll(Output<String> out, int max) {
                    if (!isRead) {
                        out.emit(name);
                    }
                    isRead = true;
                    return Polled.FINISHED;
                }

                @Override
                public Object position() {
                    return 1L;
                }
            };
        }
    }

    @Test
    void aPartitionThatIsFoundMeanwhileIsRead() {
        var job =
                Job.named("names", 64, flow -> flow.source("names", new Names()).sink("read", Sinks.collecting(read)));
        ServiceFactory<JobMessage, JobNode.Signal> factory = node -> new JobNode(
                node,
                new JobSettings(
                        job.plan(),
                        job.types(),
                        new ControlSettings(
                                2,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1),
                                Optional.empty(),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(1),
                                3),
                        Timing.defaults(),
                        true,
                        1,
                        SnapshotStores.of(snapshots.store(task -> later.accept(task))),
                        () -> {},
                        new JobSettings.Watcher() {
                            @Override
                            public void stopped(boolean isComplete) {
                                completions++;
                            }
                        }));
        Simulation.of(JobMessage.class, factory)
                .nodes(2)
                .latency(Latency.constant(Duration.ofMillis(1)))
                .faults(EnumSet.noneOf(FaultKind.class))
                .chaos(Duration.ofSeconds(10))
                .run(1, run -> {
                    later = task -> run.after(RESTORE, task);
                    run.after(Duration.ofSeconds(5), () -> {
                        assertThat(read).containsExactly("a");
                        partitions.addAll(List.of("b", "c")); // one for each worker
                        var resume = new JobMessage.Asked(new Request.Resume("r"));
                        run.client().call("n0", resume, Duration.ofSeconds(5));
                    });
                });
        assertThat(read).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(completions).as("at each node, twice").isEqualTo(4);
    }
}
