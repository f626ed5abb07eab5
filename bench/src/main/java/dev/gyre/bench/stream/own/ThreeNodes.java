package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.host.LocalHost;
import dev.gyre.core.host.LocalSender;
import dev.gyre.core.host.LocalSettings;
import dev.gyre.raft.core.Timing;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.snapshot.MemorySnapshots;
import dev.gyre.stream.snapshot.ReplicatedSnapshots;
import dev.gyre.stream.snapshot.SnapshotStores;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import dev.gyre.stream.worker.JobSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The keyed dataflow of this project on three nodes that decide together, to see what it costs where snapshots are kept. */
public final class ThreeNodes implements StreamContender {
    /** What is compared with, which keeps snapshots in the memory of the process. */
    public static final String NAME = "three";

    private static final int NODES = 3;

    /** They share two processors: who has none for a while still leads. */
    private static final Timing TIMING =
            Timing.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMillis(200));

    private final Kept kept;

    /** Where snapshots are. */
    public enum Kept {
        /** In the memory of the process, once. */
        IN_MEMORY("", "snapshots in the memory of the process"),
        /** In a Raft group whose log is in memory. */
        ON_RAFT("-raft", "replicated snapshots, logs in memory"),
        /** In a Raft group whose log is on a disk. */
        ON_DISK("-disk", "replicated snapshots and decisions in logs in the folder for temporary files");

        private final String ending;
        private final String title;

        Kept(String ending, String title) {
            this.ending = ending;
            this.title = title;
        }
    }

    /** Three nodes that keep snapshots there. */
    public ThreeNodes(Kept kept) {
        this.kept = kept;
    }

    @Override
    public String name() {
        return NAME + kept.ending;
    }

    @Override
    public String settings() {
        return "three nodes of a LocalHost, three workers, " + kept.title;
    }

    @Override
    public Optional<String> gap(Workload workload) {
        return switch (workload) {
            case SUM -> kept == Kept.IN_MEMORY ? Optional.empty() : Optional.of("as " + NAME + ": no snapshots");
            case SUM_WITH_SNAPSHOTS -> Optional.empty();
            default -> Optional.of("says nothing of where snapshots are kept");
        };
    }

    @Override
    public void run(Workload workload) throws InterruptedException, IOException {
        if (kept != Kept.ON_DISK) {
            run(workload, LocalSettings.defaults());
            return;
        }
        var folder = Files.createTempDirectory("gyre-bench");
        try {
            run(workload, LocalSettings.defaults().dataIn(folder));
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private void run(Workload workload, LocalSettings local) throws InterruptedException {
        var job = GyreStream.job(workload);
        var control = control(workload);
        var memory = new MemorySnapshots();
        var ends = new LinkedBlockingQueue<Optional<RuntimeException>>();
        try (var host = LocalHost.of(NODES, local)) {
            host.onFailure(failure -> ends.add(Optional.of(new IllegalStateException("a node ended: " + failure))));
            for (var id : host.nodeIds()) {
                var loop = new Loop(id, host.sender("c-store-" + id, JobMessage.class), new ConcurrentLinkedQueue<>());
                var stores = kept == Kept.IN_MEMORY
                        ? SnapshotStores.of(memory.store(loop::run))
                        : ReplicatedSnapshots.stores(ReplicatedSnapshots.Settings.defaults());
                var settings = new JobSettings(
                        job.plan(),
                        job.types(),
                        control,
                        TIMING,
                        kept == Kept.ON_DISK,
                        NODES,
                        stores,
                        loop::runAll,
                        new Watching(ends));
                ServiceFactory<JobMessage, JobNode.Signal> factory = node -> new JobNode(node, settings);
                host.start(id, JobMessage.class, factory);
            }
            for (int ended = 0; ended < NODES; ended++) {
                ends.take().ifPresent(failure -> {
                    throw failure;
                });
            }
        }
    }

    private static ControlSettings control(Workload workload) {
        return new ControlSettings(
                NODES,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                workload.hasSnapshots()
                        ? Optional.of(Duration.ofMillis(Workload.SNAPSHOT_INTERVAL_MILLIS))
                        : Optional.empty(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                3);
    }

    /** Tells of each node that the job is complete there, and of whatever fails. */
    private record Watching(BlockingQueue<Optional<RuntimeException>> ends) implements JobSettings.Watcher {
        @Override
        public void stopped(boolean isComplete) {
            ends.add(Optional.empty());
        }

        @Override
        public void failed(RuntimeException failure) {
            ends.add(Optional.of(failure));
        }
    }

    /** Brings back what is done elsewhere to a node's thread. */
    private record Loop(String node, LocalSender<JobMessage> sender, ConcurrentLinkedQueue<Runnable> done) {
        void run(Runnable action) {
            done.add(action);
            sender.send(node, new JobMessage.Woken());
        }

        void runAll() {
            for (var action = done.poll(); action != null; action = done.poll()) {
                action.run();
            }
        }
    }
}
