package dev.gyre.stream.worker;

import dev.gyre.core.NodeContext;
import dev.gyre.stream.control.CommittedSnapshot;
import dev.gyre.stream.control.ControlState;
import dev.gyre.stream.control.Decision;
import dev.gyre.stream.control.PartitionOwner;
import dev.gyre.stream.control.Report;
import dev.gyre.stream.graph.Vertex;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a worker at a node: between two generations, or while it has left, there is none. Turns decisions into what the worker is to do, and what the
 * worker has done into reports, which are repeated until they are of no interest any more.
 */
final class Seat implements Port {
    private static final Logger log = LoggerFactory.getLogger(Seat.class);

    private final NodeContext<JobMessage, JobNode.Signal> node;
    private final JobSettings settings;
    private final ControlState state;
    private final Reports reports;
    private final int me;
    private final long aliveEveryNanos;
    /** What came for a worker that is not here yet, in order. */
    private final ArrayDeque<JobMessage.Framed> early = new ArrayDeque<>();

    private final Life life;

    private @Nullable Worker worker;
    private long generation;
    private long attempt;
    private boolean isTurnDue;
    private long wakeAt = Long.MAX_VALUE;

    Seat(
            NodeContext<JobMessage, JobNode.Signal> node,
            JobSettings settings,
            ControlState state,
            Consumer<Report> coordinator) {
        this.node = node;
        this.settings = settings;
        this.state = state;
        this.me = node.nodeIds().indexOf(node.nodeId());
        this.aliveEveryNanos = settings.control().heartbeatTimeout().toNanos() / 4;
        this.reports = new Reports(me, coordinator);
        this.life = new Life(state, me);
    }

    boolean hasBegun() {
        return life.hasBegun();
    }

    /** This node knows all that was decided before it was asked whether it does: its worker may be given work. Once. */
    void begin() {
        life.begin(node.nowNanos());
        settings.watcher().began(state.phase());
        tellAlive();
    }

    private void tellAlive() {
        reports.alive(life.incarnation(), node.nowNanos());
    }

    int id() {
        return me;
    }

    /** Goes on with the worker, at the end of this turn. */
    void goOn() {
        if (!isTurnDue && worker != null) {
            isTurnDue = true;
            node.timers().after(Duration.ZERO, new JobNode.Signal.Turn());
        }
    }

    void turn() {
        isTurnDue = false;
        var here = worker;
        if (here == null) {
            return;
        }
        guarded(() -> {
            long now = node.nowNanos();
            if (here.step(now)) {
                goOn();
            } else {
                sleepUntil(here.wakeAt(now));
            }
        });
    }

    private void sleepUntil(long at) {
        long now = node.nowNanos();
        boolean isSooner = wakeAt <= now || at < wakeAt;
        if (at < Long.MAX_VALUE && isSooner) {
            wakeAt = at;
            node.timers().after(Duration.ofNanos(Math.max(0, at - now)), new JobNode.Signal.Turn());
        }
    }

    /** What a user's function throws, or a broken invariant, ends the generation and not the node. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            log.error("{}: generation {} cannot go on", node.nodeId(), generation, failure);
            settings.watcher().failed(failure);
            leave();
            reports.add("failed", new Report.Failed(generation, String.valueOf(failure)));
        }
    }

    void tick() {
        if (!hasBegun()) {
            return;
        }
        if (reports.isAliveDue(aliveEveryNanos, node.nowNanos())) {
            tellAlive();
        }
        list();
    }

    /** One worker says what partitions there are. */
    private void list() {
        if (!hasBegun() || !state.lister().equals(Optional.of(me))) {
            return;
        }
        for (var stage : settings.plan().stages()) {
            if (stage.root().part() instanceof Vertex.Part.Reads(var source)
                    && !state.isClosed(stage.root().name())) {
                guarded(() -> reports.once(new Report.PartitionsListed(
                        state.generation(), stage.root().name(), source.partitions(), true)));
            }
        }
    }

    /** Tells again what still holds. */
    void repeat() {
        if (!hasBegun()) {
            return;
        }
        tellAlive();
        reports.repeat();
        list();
    }

    void receive(int from, Frame frame) {
        var here = worker;
        if (frame.generation() < generation) {
            return; // of a run that is over
        }
        if (here == null || frame.generation() > generation || here.hasLeft()) {
            early.add(new JobMessage.Framed(from, frame));
            return;
        }
        guarded(() -> here.receive(from, frame));
        goOn();
    }

    /** The worker goes, with all that it had. */
    void leave() {
        var here = worker;
        worker = null;
        if (here != null) {
            here.close();
        }
    }

    /** Decisions were passed over: whatever the worker did is not to be trusted. */
    void restored() {
        if (hasBegun() && state.workers().contains(me)) {
            leave();
            generation = state.generation();
            reports.add("failed", new Report.Failed(generation, "decisions were passed over by a snapshot of the log"));
        }
    }

    void follow(Decision decision) {
        switch (decision) {
            case Decision.GenerationStarted started -> {
                start(started);
                list();
            }
            case Decision.GenerationBroken broken -> leave();
            case Decision.SnapshotBegun(var in, var operation) ->
                ifHere(in, here -> here.snapshot(operation.snapshot(), operation.suspends()));
            case Decision.SnapshotCommitted(var snapshot) -> committed(snapshot);
            case Decision.SnapshotAborted(var in, var snapshot, var reason) ->
                ifHere(in, here -> here.snapshotAborted(snapshot));
            case Decision.SnapshotRetired(var snapshot, var objects) -> objects.forEach(this::delete);
            case Decision.RescaleBegun begun -> rescale(begun.generation(), Joining.of(begun));
            case Decision.RescaleCommitted(var in, var assignment, var owners) ->
                ifHere(in, here -> {
                    here.rescaleCommitted();
                    if (!assignment.workers().contains(me)) {
                        leave();
                    }
                });
            case Decision.RescaleAborted aborted -> leave();
            case Decision.PartitionsAssigned(var owners) -> ifHere(generation, here -> open(here, owners));
            case Decision.PartitionsRemoved(var partitions) ->
                partitions.forEach(id -> reports.remove("partition " + id));
            case Decision.SourceFinished(var source) -> ifHere(generation, here -> here.sourceFinished(source));
            case Decision.Suspended suspended -> stop(false);
            case Decision.Completed completed -> stop(true);
            case Decision.WorkerGone gone -> liveOn();
            case Decision.WorkerRegistered registered -> liveOn();
            case Decision.SourceClosed closed -> {}
            case Decision.Resumed resumed -> {
                if (hasBegun()) {
                    settings.watcher().resumed();
                }
            }
            case Decision.Refused(var reason) -> log.debug("{}: refused: {}", node.nodeId(), reason);
        }
    }

    private void stop(boolean isComplete) {
        leave();
        if (hasBegun()) {
            settings.watcher().stopped(isComplete);
        }
    }

    /** This life is known from now on; or it is over, by being given up or since a later one was told of before it, and the next begins. */
    private void liveOn() {
        if (life.renew()) {
            leave();
            tellAlive();
        } else if (life.isFirstKnown()) {
            settings.watcher().registered();
        }
    }

    private void ifHere(long in, Consumer<Worker> action) {
        var here = worker;
        if (here != null && in == generation) {
            guarded(() -> action.accept(here));
            goOn();
        }
    }

    private void start(Decision.GenerationStarted started) {
        leave();
        generation = started.generation();
        reports.clear();
        early.removeIf(framed -> framed.frame().generation() < generation);
        attempt++;
        if (!isMine(started.assignment().workers())) {
            return;
        }
        long wanted = attempt;
        if (started.snapshot().isEmpty()) {
            begin(started, new Restored(settings.types()));
        } else {
            new Restoring(settings, me, started)
                    .run(
                            restored -> {
                                if (attempt == wanted) {
                                    begin(started, restored);
                                }
                            },
                            reason -> {
                                log.error(
                                        "{}: generation {} cannot begin: {}",
                                        node.nodeId(),
                                        started.generation(),
                                        reason);
                                reports.add("failed", new Report.Failed(started.generation(), reason));
                            });
        }
    }

    /** Whether this life of the worker is the one that is meant. */
    private boolean isMine(List<Integer> workers) {
        return workers.contains(me) && life.isKnown();
    }

    private void begin(Decision.GenerationStarted started, Restored restored) {
        guarded(() -> {
            var setup = new Worker.Setup(me, generation, started.assignment(), Optional.empty(), restored, snapshots());
            var here = new Worker(settings.plan(), setup, this);
            worker = here;
            open(here, started.partitions());
            started.finishedSources().forEach(here::sourceFinished);
            reports.add("ready", new Report.Ready(generation));
            takeEarly();
        });
    }

    private void takeEarly() {
        for (int i = early.size(); i > 0; i--) {
            var framed = early.remove();
            receive(framed.from(), framed.frame());
        }
        goOn();
    }

    private void open(Worker here, List<PartitionOwner> owners) {
        for (var owner : owners) {
            if (owner.owner() == me) {
                here.openPartition(owner.id().source(), owner.id().partition());
            }
        }
    }

    private void rescale(long in, Joining joining) {
        var rescale = joining.rescale();
        reports.remove("ended"); // who is given more ends again
        if (worker != null) {
            ifHere(in, here -> here.rescale(joining));
        } else if (in == state.generation()
                && isMine(rescale.to().workers())
                && !rescale.from().workers().contains(me)) {
            generation = in;
            guarded(() -> {
                var setup = new Worker.Setup(
                        me, in, rescale.to(), Optional.of(joining), new Restored(settings.types()), snapshots());
                var here = new Worker(settings.plan(), setup, this);
                worker = here;
                state.finishedSources().forEach(here::sourceFinished);
                early.removeIf(framed -> framed.frame() instanceof Frame.Credit); // for a life that is over
                takeEarly();
            });
        }
    }

    private Worker.Snapshots snapshots() {
        return new Worker.Snapshots(settings.types(), this::objectOf);
    }

    private String objectOf(long snapshot) {
        return "snapshot-" + snapshot + "-of-" + me + "-in-" + generation + "-" + life.incarnation();
    }

    private void delete(String object) {
        if (object.contains("-of-" + me + "-")) {
            settings.store().delete(object).whenDone(outcome -> log.debug("deletion of {}: {}", object, outcome));
        }
    }

    private void committed(CommittedSnapshot snapshot) {
        reports.remove("taken " + snapshot.snapshot());
        ifHere(snapshot.generation(), here -> {
            here.snapshotCommitted(snapshot.snapshot());
            reports.add("shown", new Report.Shown(generation, snapshot.snapshot()));
        });
        if (hasBegun()) {
            settings.watcher().snapshotCommitted(snapshot.snapshot());
        }
    }

    @Override
    public void send(int to, Frame frame) {
        node.network().send(node.nodeIds().get(to), new JobMessage.Framed(me, frame));
    }

    @Override
    public void rescaled(long version) {
        reports.add("rescaled", new Report.RescaleDone(generation, version));
    }

    @Override
    public void taken(long snapshot, List<ByteBuffer> part) {
        long in = generation;
        var object = objectOf(snapshot);
        settings.store().put(object, part).whenDone(outcome -> {
            if (in == generation) {
                reports.stored(generation, snapshot, outcome);
            }
        });
    }

    @Override
    public void partitionFinished(String source, String partition) {
        reports.add(
                "partition " + source + "/" + partition, new Report.PartitionFinished(generation, source, partition));
    }

    @Override
    public void ended(long version) {
        reports.add("ended", new Report.Ended(generation, version));
    }
}
