package dev.gyre.stream.worker;

import dev.gyre.core.NodeContext;
import dev.gyre.stream.control.CommittedSnapshot;
import dev.gyre.stream.control.ControlState;
import dev.gyre.stream.control.Decision;
import dev.gyre.stream.control.Report;
import dev.gyre.stream.snapshot.SnapshotStore;
import java.nio.ByteBuffer;
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
final class Seat implements Port, Carrier.Receiver {
    private static final Logger log = LoggerFactory.getLogger(Seat.class);

    private final NodeContext<JobMessage, JobNode.Signal> node;
    private final JobSettings settings;
    private final SnapshotStore store;
    private final ControlState state;
    private final Reports reports;
    private final int me;
    private final long aliveEveryNanos;
    /** What came for a worker that is not here yet, in order. */
    private final ArrayDeque<JobMessage.Framed> early = new ArrayDeque<>();

    private final Life life;
    private final Turns turns;
    private final Listing listing;
    private final Parts parts;
    private final Carrier carrier;

    private @Nullable Worker worker;
    private long generation;
    private long attempt;

    Seat(
            NodeContext<JobMessage, JobNode.Signal> node,
            JobSettings settings,
            SnapshotStore store,
            ControlState state,
            Consumer<Report> coordinator) {
        this.node = node;
        this.settings = settings;
        this.store = store;
        this.state = state;
        this.me = node.nodeIds().indexOf(node.nodeId());
        this.aliveEveryNanos = settings.control().heartbeatTimeout().toNanos() / 4;
        this.reports = new Reports(me, coordinator);
        this.life = new Life(state, me);
        this.turns = new Turns(node);
        this.carrier = Carrier.of(node, settings.carriage(), me, this);
        this.listing = new Listing(settings.plan(), state, me);
        this.parts = new Parts(store, me);
    }

    Carrier carrier() {
        return carrier;
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
        if (worker != null) {
            turns.goOn();
        }
    }

    void turn() {
        turns.began();
        var here = worker;
        if (here == null) {
            return;
        }
        guarded(() -> {
            long now = node.nowNanos();
            if (here.step(now)) {
                goOn();
            } else {
                turns.sleepUntil(here.wakeAt(now));
            }
        });
    }

    /** What a user's function throws, or a broken invariant, ends the generation and not the node. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            failed(generation, failure);
        }
    }

    @Override
    public void failed(long in, RuntimeException failure) {
        if (in == generation) {
            log.error("{}: generation {} cannot go on", node.nodeId(), generation, failure);
            settings.watcher().failed(failure);
            giveUp(String.valueOf(failure));
        }
    }

    @Override
    public void lost(long in, String reason) {
        if (in == generation && worker != null) {
            log.info("{}: generation {} cannot go on: {}", node.nodeId(), generation, reason);
            giveUp(reason);
        }
    }

    private void giveUp(String reason) {
        leave();
        reports.add("failed", new Report.Failed(generation, reason));
    }

    void tick() {
        if (hasBegun() && reports.isAliveDue(aliveEveryNanos, node.nowNanos())) {
            tellAlive();
        }
        list();
    }

    private void list() {
        if (hasBegun() && listing.isMine()) {
            guarded(() -> listing.tell(reports));
        }
    }

    /** Tells again what still holds. */
    void repeat() {
        if (hasBegun()) {
            tellAlive();
            reports.repeat();
            list();
        }
    }

    @Override
    public void receive(int from, Frame frame) {
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
            generation = state.generation();
            giveUp("decisions were passed over by a snapshot of the log");
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
            case Decision.SnapshotRetired(var snapshot, var objects) -> objects.forEach(parts::delete);
            case Decision.RescaleBegun begun -> rescale(begun.generation(), Joining.of(begun));
            case Decision.RescaleCommitted(var in, var assignment, var owners) ->
                ifHere(in, here -> {
                    here.rescaleCommitted();
                    if (!assignment.workers().contains(me)) {
                        leave();
                    }
                });
            case Decision.RescaleAborted aborted -> leave();
            case Decision.PartitionsAssigned(var owners) -> ifHere(generation, here -> listing.open(here, owners));
            case Decision.PartitionsRemoved(var partitions) ->
                partitions.forEach(id -> reports.remove("partition " + id));
            case Decision.SourceFinished(var source) -> ifHere(generation, here -> here.sourceFinished(source));
            case Decision.Suspended suspended -> stop(false);
            case Decision.Completed completed -> stop(true);
            case Decision.WorkerGone gone -> liveOn();
            case Decision.WorkerRegistered registered -> liveOn();
            case Decision.SourceClosed closed -> {}
            case Decision.Resumed resumed when hasBegun() -> settings.watcher().resumed();
            case Decision.Resumed resumed -> {}
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
        if (life.isKnown()) {
            carrier.live(life.incarnation());
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
        carry(generation);
        attempt++;
        if (!isMine(started.assignment().workers())) {
            return;
        }
        long wanted = attempt;
        if (started.snapshot().isEmpty()) {
            begin(started, new Restored(settings.types()));
        } else {
            Consumer<Restored> begin = restored -> {
                if (attempt == wanted) {
                    begin(started, restored);
                }
            };
            new Restoring(settings, store, me, started).run(begin, reason -> cannotBegin(started.generation(), reason));
        }
    }

    private void cannotBegin(long wanted, String reason) {
        log.error("{}: generation {} cannot begin: {}", node.nodeId(), wanted, reason);
        reports.add("failed", new Report.Failed(wanted, reason));
    }

    /** Frames of a generation are carried, between the lives that are known now. */
    private void carry(long in) {
        if (life.isKnown()) {
            carrier.live(life.incarnation());
        }
        carrier.begin(in, state::incarnation);
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
            // Not what was decided when the generation began: restoring takes time, and more may be known by now.
            listing.begin(here, state.partitions());
            state.finishedSources().forEach(here::sourceFinished);
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

    private void rescale(long in, Joining joining) {
        var rescale = joining.rescale();
        reports.remove("ended"); // who is given more ends again
        carry(in);
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
        return new Worker.Snapshots(settings.types(), this::object, settings.portionBytes());
    }

    private String object(long snapshot) {
        return parts.object(snapshot, generation, life.incarnation());
    }

    private void committed(CommittedSnapshot snapshot) {
        reports.remove("taken " + snapshot.snapshot());
        ifHere(snapshot.generation(), here -> {
            here.snapshotCommitted(snapshot.snapshot());
            reports.add("shown", new Report.Shown(generation, snapshot.snapshot()));
        });
        if (hasBegun()) {
            parts.clear(state, snapshot.snapshot());
            settings.watcher().snapshotCommitted(snapshot.snapshot());
        }
    }

    @Override
    public void send(int to, Frame frame) {
        carrier.send(to, frame);
    }

    @Override
    public void consumed(int edge, int sender, int records) {
        carrier.consumed(edge, sender, records);
    }

    @Override
    public void rescaled(long version) {
        reports.add("rescaled", new Report.RescaleDone(generation, version));
    }

    @Override
    public void taken(long snapshot, List<String> older, List<ByteBuffer> part) {
        long in = generation;
        var object = object(snapshot);
        store.put(object, part).whenDone(outcome -> {
            if (in == generation) {
                reports.stored(generation, snapshot, older, outcome);
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
