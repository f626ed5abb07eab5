package dev.gyre.stream.worker;

import dev.gyre.core.InvariantViolation;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Intake;
import dev.gyre.stream.exchange.IntakeKind;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Records;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.graph.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A worker: every stage of the graph, for its share of the keys, in one generation of the job. A pure step: frames and decisions go in, frames and reports come
 * out; whoever hosts it steps it while it has something to do.
 *
 * <p>Decisions (snapshot, rescale, ends) are told in the order in which they were decided, the same at every worker. That order, and the order of channels, is
 * all that the workers agree on.
 */
public final class Worker {
    /** Rounds of a turn, a batch of each stage or source in each: some tenths of a millisecond. What else the node has to do waits for no more. */
    private static final int ROUNDS_A_TURN = 4;

    /** In one of so many rounds sources read though there is something to take. */
    private static final int ROUNDS_A_READ = 4;

    /** Turns between which what was gathered waits to become full batches, while there is more to do: a millisecond. */
    private static final int TURNS_A_FLUSH = 4;

    private final int me;
    private final long generation;
    private final Restored restored;
    private final Snapshotting snapshots;
    private final Port port;
    private final List<SourceStage> sources = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final Edges edges;
    private long reportedVersion;
    private long version;
    private final Legacy legacy = new Legacy();
    private @Nullable Joining latest;
    private boolean leaves;
    private long endedVersion;
    private boolean isSinkFull;
    private long turns;

    /**
     * How a worker begins.
     *
     * @param id its number
     * @param generation the run of the job
     * @param assignment in force
     * @param joining the rescale with which it comes in; absent at the beginning of a generation
     * @param restored where the generation begins
     * @param snapshots how its parts of snapshots are written
     */
    public record Setup(
            int id,
            long generation,
            Assignment assignment,
            Optional<Joining> joining,
            Restored restored,
            Snapshots snapshots) {}

    /**
     * How a worker writes its parts of snapshots.
     *
     * @param types what can be written
     * @param objects names the part of a snapshot; unique to this life of the worker
     * @param portionBytes see {@link JobSettings#portionBytes}
     */
    public record Snapshots(Types types, LongFunction<String> objects, int portionBytes) {
        /** Refuses a portion in which nothing fits: no snapshot would end. */
        public Snapshots {
            if (portionBytes < 1) {
                throw new IllegalArgumentException("a portion of a snapshot has at least 1 byte, not " + portionBytes);
            }
        }
    }

    /** A worker that has read nothing yet. */
    public Worker(Plan plan, Setup setup, Port port) {
        this.me = setup.id;
        this.version = setup.assignment.version();
        this.reportedVersion = setup.joining.isPresent() ? 0 : version;
        this.restored = setup.restored;
        this.generation = setup.generation;
        this.port = port;
        this.edges = new Edges(me, generation, port);
        var maker = new Chain.Maker(plan, new Vertex.Site(me, plan.groups()), setup.assignment, edges, this::openSink);
        for (var stage : plan.stages()) {
            var chain = maker.make(stage.root());
            chain.outlets().forEach(edges::add);
            if (stage.root().part() instanceof Vertex.Part.Reads(var source)) {
                var name = stage.root().name();
                var partitions = new Partitions(
                        source, output(stage, chain), finished -> port.partitionFinished(name, finished), chain);
                sources.add(new SourceStage(stage, me, chain, partitions));
            } else {
                add(stage, chain, setup);
            }
        }
        snapshots = new Snapshotting(generation, setup.snapshots, sources, stages, legacy, port);
        setup.joining.ifPresent(this::join);
    }

    @SuppressWarnings("unchecked") // it is made to take anything
    private static Output<Object> output(Plan.StagePlan stage, Chain chain) {
        return (Output<Object>) stage.loops().getFirst().create(chain.heads().getFirst());
    }

    private void add(Plan.StagePlan plan, Chain chain, Setup setup) {
        var senders = plan.kind() == IntakeKind.LOCAL
                ? List.of(me)
                : setup.joining
                        .map(joining -> joining.rescale().from())
                        .orElse(setup.assignment)
                        .workers();
        var intake = new Intake(
                me,
                plan.root().inputs().size(),
                senders,
                plan.kind(),
                (edge, sender, records) -> edges.consumed(plan.firstEdge() + edge, sender, records));
        var stage = new Stage(plan, me, intake, chain, new StageEvents());
        if (setup.joining.isEmpty()) {
            for (int group = 0; group < setup.assignment.groups(); group++) {
                if (setup.assignment.owner(group) == me) {
                    for (var operator : chain.grouped()) {
                        restored.open(operator, group);
                    }
                }
            }
        }
        restored.frontier(plan).ifPresent(intake::restore);
        stages.add(stage);
        for (int i = 0; i < plan.root().inputs().size(); i++) {
            if (Plan.isBehindExchanges(plan.root().inputs().get(i))) {
                intake.goTogether(i);
            }
            edges.add(plan.firstEdge() + i, stage);
        }
    }

    private void join(Joining joining) {
        version = joining.rescale().version();
        latest = joining;
        stages.forEach(stage -> stage.join(joining.rescale()));
        stages.forEach(stage -> stage.chain().mark(joining.rescale()));
        sources.forEach(source -> source.join(joining.rescale(), joining.ownersOf(source)));
    }

    private Sink.Writer<Object> openSink(String name, Sink<?> sink) {
        @SuppressWarnings("unchecked") // the graph was built with types that fit
        var typed = (Sink<Object>) sink;
        return typed.open(new Sink.Context(me, generation, restored.prepared(name)));
    }

    /** Its number. */
    public int id() {
        return me;
    }

    /** Takes a frame of another worker, of this generation. */
    public void receive(int from, Frame frame) {
        switch (frame) {
            case Frame.Channel(var g, var edge, var item) -> edges.offer(edge, from, item);
            case Frame.Credit(var g, var edge, var records) -> edges.granted(edge, from, records);
            case Frame.HandOver handOver -> stageAt(handOver.stage()).adopt(handOver);
            case Frame.HandOverDone done -> stageAt(done.stage()).handedOver(from, done);
            case Frame.Partition partition -> sourceAt(partition.stage()).coming(partition);
            case Frame.Left(var g, var of, var prepared) -> legacy.left(of, from, prepared);
        }
    }

    private Stage stageAt(int index) {
        return one(stages, stage -> stage.plan().index() == index, "stage " + index);
    }

    private SourceStage sourceAt(int index) {
        return one(sources, source -> source.plan().index() == index, "source " + index);
    }

    private SourceStage source(String name) {
        return one(sources, source -> source.plan().root().name().equals(name), "source \"" + name + "\"");
    }

    private <T> T one(List<T> all, Predicate<T> isMeant, String what) {
        return all.stream()
                .filter(isMeant)
                .findFirst()
                .orElseThrow(() -> new InvariantViolation("worker " + me + " knows no " + what));
    }

    /**
     * Goes on for some rounds. In each every stage takes an item, those behind before those in front of them, so that there is room. Sources read when there was nothing to
     * take: what others send is work that this worker alone can do, while of what it reads others get their shares. So a worker that is slower for a while, since others
     * use its processor, reads less, and those that wait for it read more. Now and then it reads all the same: its partitions do not stand still.
     *
     * @return whether something was done; then there may be more to do at once
     */
    public boolean step(long nowNanos) {
        boolean any = false;
        boolean goesOn = true;
        edges.beginTurn();
        isSinkFull = snapshots.isSinkFull(); // as stages see it: asked behind them, it may be ready again
        for (int round = 1; goesOn && round <= ROUNDS_A_TURN && !snapshots.isFresh(); round++) {
            goesOn = take();
            if (!goesOn || round % ROUNDS_A_READ == 0) {
                goesOn |= read(nowNanos);
            }
            any |= goesOn;
        }
        turns++;
        endTurn(!goesOn || turns % TURNS_A_FLUSH == 0);
        any |= snapshots.advance();
        report();
        return any || edges.hasOwn();
    }

    private boolean take() {
        boolean any = false;
        for (int i = stages.size() - 1; i >= 0; i--) {
            any |= stages.get(i).step();
        }
        return any;
    }

    private boolean read(long nowNanos) {
        boolean any = false;
        for (int i = 0; i < sources.size(); i++) {
            any |= sources.get(i).step(nowNanos);
        }
        return any;
    }

    private void endTurn(boolean flushes) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i).endTurn(flushes);
        }
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).endTurn(flushes);
        }
    }

    /**
     * A snapshot has begun.
     *
     * @param stops nothing is read behind it, unless it is given up
     */
    public void snapshot(long snapshot, boolean stops) {
        snapshots.begin(snapshot, stops);
    }

    /** A snapshot is given up: nothing more is taken down for it. */
    public void snapshotAborted(long snapshot) {
        snapshots.aborted(snapshot);
    }

    /** A snapshot is committed: what sinks have prepared is to be shown, and what sources have read is not asked for again. */
    public void snapshotCommitted(long snapshot) {
        snapshots.committed(snapshot);
    }

    /** When it is to be stepped again though nothing comes from outside; {@link Long#MAX_VALUE}: never. */
    public long wakeAt(long nowNanos) {
        long earliest = isSinkFull ? nowNanos + Chain.SINK_POLL_NANOS : Long.MAX_VALUE;
        for (var source : sources) {
            earliest = Math.min(earliest, source.wakeAt());
        }
        return earliest;
    }

    private void report() {
        if (reportedVersion < version && hasRescaled()) {
            reportedVersion = version;
            if (leaves && latest != null) {
                var prepared = snapshots.prepareLast(latest.nextSnapshot());
                port.send(latest.heir(), new Frame.Left(generation, version, prepared));
            }
            port.rescaled(version);
        }
        if (endedVersion < version && reportedVersion == version && isEnded()) {
            endedVersion = version; // who is given more by a rescale ends again
            port.ended(version);
        }
    }

    private boolean hasRescaled() {
        if (latest != null && latest.heir() == me && !legacy.hasAll(version, latest.leavers())) {
            return false;
        }
        return stages.stream().allMatch(stage -> stage.hasRescaled(version))
                && sources.stream().allMatch(source -> source.hasRescaled(version));
    }

    /**
     * Whether this worker has left with the rescale that is under way, and only waits for its commit. Nothing that comes now is for it: if it takes part again,
     * what others send to its next life may come before it knows.
     */
    public boolean hasLeft() {
        return leaves && reportedVersion == version;
    }

    /** Whether every stage has ended. */
    public boolean isEnded() {
        boolean areEnded = true; // asked in each step: a stream would cost more than all else of an idle one
        for (int i = 0; areEnded && i < sources.size(); i++) {
            areEnded = sources.get(i).isEnded();
        }
        for (int i = 0; areEnded && i < stages.size(); i++) {
            areEnded = stages.get(i).isEnded();
        }
        return areEnded;
    }

    /** A partition is to be read here: at the beginning of a generation, or when one is found. */
    public void openPartition(String source, String partition) {
        source(source).open(partition, restored.position(source, partition));
    }

    /** Whether partitions of a source are assigned. Until then there may be some here, and nobody is to run ahead of them: it is not idle. */
    public void partitionsAssigned(String source, boolean are) {
        source(source).assigned(are);
    }

    /** A rescale has begun, and this worker was a part of the job before. */
    public void rescale(Joining begun) {
        version = begun.rescale().version();
        latest = begun;
        leaves = !begun.rescale().to().workers().contains(me);
        for (var source : sources) {
            int index = source.plan().index();
            source.rescale(
                    begun.rescale(),
                    begun.ownersOf(source),
                    moved -> port.send(
                            moved.owner(),
                            new Frame.Partition(generation, index, version, moved.name(), moved.position())));
        }
    }

    /** A rescale is committed: partitions that have come are read on. */
    public void rescaleCommitted() {
        sources.forEach(SourceStage::committed);
    }

    /** A source has no more partitions, at any worker. */
    public void sourceFinished(String name) {
        source(name).end();
    }

    /** Lets go of sources and sinks. */
    public void close() {
        sources.forEach(source -> source.partitions().close());
        sources.forEach(
                source -> source.chain().sinks().forEach(sink -> sink.writer().close()));
        stages.forEach(
                stage -> stage.chain().sinks().forEach(sink -> sink.writer().close()));
    }

    @Override
    public String toString() {
        return "worker " + me + " at version " + version + ": "
                + sources.stream().map(SourceStage::toString).collect(Collectors.joining("; ")) + "; "
                + stages.stream().map(Stage::toString).collect(Collectors.joining("; "));
    }

    private final class StageEvents implements Stage.Events {
        @Override
        public void send(int worker, Frame frame) {
            port.send(worker, frame);
        }

        @Override
        public long generation() {
            return generation;
        }

        @Override
        public void used(Records records) {
            edges.used(records);
        }

        @Override
        public void barrier(Stage stage, Item.Barrier barrier) {
            snapshots.barrier(stage, barrier.snapshot());
        }
    }
}
