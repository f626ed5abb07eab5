package dev.gyre.stream;

import dev.gyre.core.Outcome;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.host.LocalClient;
import dev.gyre.core.host.LocalHost;
import dev.gyre.core.host.LocalSender;
import dev.gyre.core.host.LocalSettings;
import dev.gyre.raft.core.Timing;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.control.JobPhase;
import dev.gyre.stream.control.Request;
import dev.gyre.stream.snapshot.DirectorySnapshots;
import dev.gyre.stream.snapshot.MemorySnapshots;
import dev.gyre.stream.snapshot.SnapshotStore;
import dev.gyre.stream.snapshot.SnapshotStores;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import dev.gyre.stream.worker.JobSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A job that runs in this process: each worker on a thread of its own.
 *
 * <pre>{@code
 * try (var running = LocalJob.start(job, LocalJob.Settings.workers(2))) {
 *     running.await();
 * }
 * }</pre>
 *
 * <p>For any thread. When it is closed, no thread of it is left.
 */
public final class LocalJob implements AutoCloseable {
    /** How long a request to a running job may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One node decides, at once; the others only hear of it. They are threads of one process: heartbeats need not come often, and cost an idle job. */
    private static final Timing TIMING = Timing.of(Duration.ofSeconds(6), Duration.ofSeconds(9), Duration.ofSeconds(2));

    /** The node that decides alone. */
    private static final String DECIDER = "n0";

    /** Before a request is repeated. */
    private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private final Job job;
    private final LocalHost host;
    private final LocalClient<JobMessage> client;
    private final Optional<DirectorySnapshots> directory;
    private final CountDownLatch registered;
    private final AtomicLong lastRequest = new AtomicLong();
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile CountDownLatch completed = new CountDownLatch(1);
    private volatile boolean wasComplete;
    private volatile @Nullable RuntimeException failure;

    /**
     * How a job runs.
     *
     * @param workers how many workers it begins with, at least 1
     * @param maxWorkers how many there may be after a rescale
     * @param snapshots where snapshots are kept; absent: in memory, as long as the job runs
     * @param snapshotInterval between the end of one and the begin of the next; absent: only when somebody asks, and at the end
     * @param data where decisions are kept, so that a job which ended without a word goes on where its last snapshot was; absent: nowhere
     */
    public record Settings(
            int workers,
            int maxWorkers,
            Optional<Path> snapshots,
            Optional<Duration> snapshotInterval,
            Optional<Path> data) {
        /** Refuses numbers that cannot be. */
        public Settings {
            if (workers < 1 || maxWorkers < workers) {
                throw new IllegalArgumentException(
                        "a job runs on 1 worker or more, and on no more than there may be, not on " + workers + " of "
                                + maxWorkers);
            }
        }

        /** So many workers, and no more; no snapshots but when asked for. */
        public static Settings workers(int workers) {
            return new Settings(workers, workers, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** With room for more workers. */
        public Settings upTo(int max) {
            return new Settings(workers, max, snapshots, snapshotInterval, data);
        }

        /** With snapshots this often. */
        public Settings snapshotEvery(Duration interval) {
            return new Settings(workers, maxWorkers, snapshots, Optional.of(interval), data);
        }

        /** With snapshots and decisions below this folder: the job goes on from there when it is started again. */
        public Settings durableIn(Path folder) {
            return new Settings(
                    workers,
                    maxWorkers,
                    Optional.of(folder.resolve("snapshots")),
                    snapshotInterval,
                    Optional.of(folder.resolve("nodes")));
        }

        private ControlSettings control() {
            return new ControlSettings(
                    workers,
                    Duration.ofSeconds(30), // threads of one process do not get lost, but a machine may stand still
                    Duration.ofSeconds(5), // reports get lost only where an inbox is full; to ask costs an idle job
                    snapshotInterval,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1),
                    3);
        }
    }

    private LocalJob(Job job, Settings settings) {
        this.job = job;
        registered = new CountDownLatch(settings.maxWorkers);
        directory = settings.snapshots.map(DirectorySnapshots::new);
        var memory = new MemorySnapshots();
        Function<Executor, SnapshotStore> stores =
                loop -> directory.map(there -> there.store(loop)).orElseGet(() -> memory.store(loop));
        var local = settings.data.map(LocalSettings.defaults()::dataIn).orElse(LocalSettings.defaults());
        host = LocalHost.of(settings.maxWorkers, local);
        client = host.client(JobMessage.class);
        // The one that decides comes last: whom it cannot reach at first it leaves alone until its patience, of
        // seconds, is over.
        for (var id : host.nodeIds().reversed()) {
            var loop = new Loop(id, host.sender("c-store-" + id, JobMessage.class));
            var run = new JobSettings(
                    job.plan(),
                    job.types(),
                    settings.control(),
                    TIMING,
                    settings.data.isPresent(),
                    1,
                    SnapshotStores.of(stores.apply(loop)),
                    loop::run,
                    new Watching(id.equals(DECIDER)));
            ServiceFactory<JobMessage, JobNode.Signal> factory = node -> new JobNode(node, run);
            host.start(id, JobMessage.class, factory);
        }
    }

    /** Brings back what is done elsewhere to a node's thread. */
    private record Loop(String node, LocalSender<JobMessage> sender, ConcurrentLinkedQueue<Runnable> done)
            implements Executor {
        Loop(String node, LocalSender<JobMessage> sender) {
            this(node, sender, new ConcurrentLinkedQueue<>());
        }

        @Override
        public void execute(Runnable action) {
            done.add(action);
            sender.send(node, new JobMessage.Woken());
        }

        void run() {
            for (var action = done.poll(); action != null; action = done.poll()) {
                action.run();
            }
        }
    }

    /** Hears of all workers what concerns them, and how the job stands from the node that decides: others hear of that later. */
    private final class Watching implements JobSettings.Watcher {
        private final boolean decides;

        Watching(boolean decides) {
            this.decides = decides;
        }

        @Override
        public void began(JobPhase phase) {
            if (decides) {
                wasComplete = phase == JobPhase.COMPLETE;
                if (phase == JobPhase.SUSPENDED) {
                    stopped.countDown();
                }
            }
        }

        @Override
        public void registered() {
            registered.countDown();
        }

        @Override
        public void stopped(boolean isComplete) {
            if (decides) {
                if (isComplete) {
                    completed.countDown();
                }
                stopped.countDown();
            }
        }

        @Override
        public void resumed() {
            if (decides) {
                stopped = new CountDownLatch(1);
                if (completed.getCount() == 0) {
                    completed = new CountDownLatch(1); // whoever waits through a suspension waits for the same
                }
            }
        }

        @Override
        public void failed(RuntimeException why) {
            failure = why;
        }
    }

    /**
     * Goes through rescales and snapshots with a small job, so that the first ones of a real job do not wait until their code is loaded: they stop its records for some tens of
     * milliseconds otherwise, and what is done once a snapshot or a rescale is slow for minutes. For who cares about these; before the job is started. Takes some five seconds.
     *
     * @throws IllegalStateException when the rehearsal fails; so would the job
     */
    public static void rehearse() throws InterruptedException {
        Rehearsal.run();
    }

    /**
     * Starts a job, and returns when all workers that there may be are known. One that keeps its decisions goes on where its last snapshot was; if it was complete, it
     * reads on where its sources ended, and is complete again when there is no more; if it was suspended, it waits for {@link #resume}.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile; then the job does not run
     */
    public static LocalJob start(Job job, Settings settings) throws InterruptedException {
        var started = new LocalJob(job, settings);
        try {
            if (!started.registered.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(
                        "job \"" + job.name() + "\": not all workers have come within " + PATIENCE);
            }
            if (started.wasComplete) {
                started.readOn();
            }
            return started;
        } catch (InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void readOn() {
        var answer = resume().join();
        if (!(answer instanceof Answer.Done)) {
            throw new IllegalStateException("the job was complete, and does not read on: " + answer);
        }
    }

    /** Waits until the job is at its end, or is suspended. */
    public void await() throws InterruptedException {
        stopped.await();
    }

    /** Waits until the job is at its end, or is suspended; says whether it is, after this time at most. */
    public boolean await(Duration timeout) throws InterruptedException {
        return stopped.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until the job is at its end, through suspensions: for a job that others control. */
    public void awaitComplete() throws InterruptedException {
        completed.await();
    }

    /** Waits until the job is at its end, through suspensions; says whether it is, after this time at most. */
    public boolean awaitComplete(Duration timeout) throws InterruptedException {
        return completed.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The job that runs. */
    public Job job() {
        return job;
    }

    /** What a worker has thrown last; the job goes on from its last snapshot. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Takes a snapshot. Done when it is committed. */
    public CompletableFuture<Answer> snapshot() {
        return ask(new Request.SnapshotNow(nextId()));
    }

    /** Changes how many workers there are, while records flow. Done when keys and partitions are where they belong. */
    public CompletableFuture<Answer> rescale(int workers) {
        return ask(new Request.RescaleTo(nextId(), workers));
    }

    /** Changes who the workers are. */
    public CompletableFuture<Answer> rescale(List<Integer> workers) {
        return ask(new Request.RescaleOnto(nextId(), workers));
    }

    /** Stops with a snapshot, behind which nothing is read; {@link #resume} goes on, here or after the next {@link #start}. */
    public CompletableFuture<Answer> suspend() {
        return ask(new Request.Suspend(nextId()));
    }

    /** Goes on after a suspension; reads on, when the job was complete. */
    public CompletableFuture<Answer> resume() {
        return ask(new Request.Resume(nextId()));
    }

    /** How the job stands. */
    public CompletableFuture<Answer> status() {
        return ask(new Request.Status(nextId()));
    }

    private String nextId() {
        return "local-" + System.nanoTime() + "-" + lastRequest.incrementAndGet();
    }

    private CompletableFuture<Answer> ask(Request request) {
        return ask(request, System.nanoTime() + PATIENCE.toNanos());
    }

    /** Asks again while nobody decides yet: requests have ids, and are done once. */
    private CompletableFuture<Answer> ask(Request request, long deadlineNanos) {
        return client.call(DECIDER, new JobMessage.Asked(request), PATIENCE)
                .thenApply(outcome -> answer(request, outcome))
                .thenCompose(answer -> answer instanceof Answer.Elsewhere && System.nanoTime() < deadlineNanos
                        ? CompletableFuture.supplyAsync(() -> request, SOON)
                                .thenCompose(again -> ask(again, deadlineNanos))
                        : CompletableFuture.completedFuture(answer));
    }

    private static Answer answer(Request request, Outcome<JobMessage> outcome) {
        return switch (outcome) {
            case Outcome.Ok<JobMessage>(JobMessage.Answered(var answer)) -> answer;
            case Outcome.Ok<JobMessage>(var other) ->
                new Answer.Failed(request.id(), "an answer that is none: " + other);
            case Outcome.Failed<JobMessage>(var error) -> new Answer.Failed(request.id(), error.text());
            case Outcome.Unknown<JobMessage>(var error) ->
                new Answer.Failed(request.id(), "not known: " + error.text());
        };
    }

    /** Ends the job where it is; without a snapshot, so one that keeps its decisions goes on from its last one. */
    @Override
    public void close() {
        host.close();
        directory.ifPresent(DirectorySnapshots::close);
    }
}
