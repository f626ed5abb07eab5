package dev.gyre.maelstrom.engine;

import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.nemesis.Nemesis;
import dev.gyre.maelstrom.nemesis.Rescaler;
import dev.gyre.maelstrom.workload.Generator;
import dev.gyre.maelstrom.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workload against a cluster. It goes through these phases, each of which begins when the one before is over:
 * start and initialise all nodes at once; greet them, where the workload does; let workers work, while the nemesis does, until
 * the time limit; wait for what is under way; and where the workload reads a last time: repair, give time to recover, read.
 * Anything a node must not do breaks the run off at once.
 *
 * <p>A driver moves the timeline and passes on what nodes do, until the run is done. For one thread.
 */
public final class Run<I, O> implements Driven {
    private final RunPlan plan;
    private final Workload<I, O> workload;
    private final Timeline timeline;
    private final RunObserver observer;
    private final Traffic traffic;
    private final SimulatedNetwork network;
    private final Problems problems;
    private final Nodes nodes;
    private final Recorder<I, O> recorder;
    private final Cluster cluster;
    private final Nemesis nemesis;
    private final Rescaler rescaler;
    private final List<Worker<I, ?>> workers = new ArrayList<>();
    private Phase phase;
    private Runnable whenFreed = () -> {};
    private @Nullable RunFailure failure;

    private record Phase(String name, long beganNanos, long limitNanos) {}

    /**
     * A run that has not begun.
     *
     * @param timeline at 0
     * @param host runs the nodes
     */
    public Run(RunPlan plan, Workload<I, O> workload, Timeline timeline, NodeHost host, RunObserver observer) {
        this.plan = plan;
        this.workload = workload;
        this.timeline = timeline;
        this.observer = observer;
        traffic = new Traffic(timeline, observer);
        network = new SimulatedNetwork(timeline, plan.latency(), plan.random().fork("latency"), traffic);
        problems = new Problems(observer::note);
        recorder = new Recorder<>(timeline, workload);
        nodes = new Nodes(plan.nodes(), host, timeline, network, problems, this::broken);
        cluster = nodes.cluster();
        nemesis = new Nemesis(timeline, cluster, plan.faults().intervalNanos(), this::nemesisStep);
        rescaler = new Rescaler(
                timeline,
                cluster,
                plan.faults().intervalNanos(),
                plan.random().fork("fault " + Rescaler.NAME),
                this::nemesisStep);
        phase = new Phase("starting", 0, Cluster.INIT_TIMEOUT_NANOS);
    }

    /** Starts the nodes and begins. */
    @Override
    public void start() {
        Services.attach(timeline, network, plan.random());
        cluster.start(this::greet);
    }

    /** Whether the run is over. */
    @Override
    public boolean isDone() {
        return phase.name.equals("done");
    }

    /** Passes on what a node did. After the end it changes nothing. */
    @Override
    public void accept(NodeEvent event) {
        if (!isDone()) {
            nodes.accept(event);
        }
    }

    /** How far the run is. */
    public Progress progress() {
        return new Progress(
                phase.name,
                timeline.nowNanos() - phase.beganNanos,
                phase.limitNanos,
                new Progress.Counts(recorder.invoked(), recorder.ok(), recorder.failed(), recorder.unknown()),
                Stream.concat(
                                nemesis.active().entrySet().stream()
                                        .map(entry -> entry.getKey() + ": " + entry.getValue()),
                                rescaler.active().stream().map(asked -> Rescaler.NAME + ": " + asked))
                        .toList());
    }

    /** The hash of all messages and faults so far: in a simulation the same seed gives the same. */
    public long traceHash() {
        return traffic.trace().hash();
    }

    /** What the run leaves behind, once it is done. */
    public RunResult<I, O> result() {
        return new RunResult<>(
                workload,
                recorder.history(),
                recorder.events(),
                traffic.counts(),
                problems,
                Optional.ofNullable(failure));
    }

    private void greet() {
        enter("greeting", Cluster.INIT_TIMEOUT_NANOS);
        var staff = new Worker.Staff<>(
                workload, nodes.clients(), recorder, problems, plan.load().workers(), () -> whenFreed.run());
        for (int i = 0; i < plan.load().workers(); i++) {
            workers.add(new Worker<>(staff, i, plan.nodes().get(i % plan.nodes().size())));
        }
        var ready = new Cluster.Countdown(workload.greeting().isPresent() ? workers.size() : 0, this::work);
        workload.greeting().ifPresent(request -> {
            cluster.greetWith(new Cluster.Greeting(request, workload.greetingReply()));
            for (var worker : workers) {
                var greeting = new Cluster.Greeting(request.deepCopy(), workload.greetingReply());
                cluster.ask(worker.client(), worker.node(), greeting, ready::countDown);
            }
        });
    }

    private void work() {
        long limit = plan.load().timeLimitNanos();
        enter("running", limit);
        var generator = workload.generator(plan.random().fork("operations"));
        var dispatcher =
                new Dispatcher<>(timeline, workers, generator, plan.random().fork("pauses"), plan.load());
        whenFreed = dispatcher::freed;
        timeline.after(limit, () -> {
            dispatcher.stop();
            drain(this::repair);
        });
        nemesis.start(plan.faults().faults(), plan.random());
        if (plan.faults().rescales()) {
            rescaler.start();
        }
        dispatcher.start();
    }

    /** Goes on once nothing is under way; no operation takes longer than its timeout. */
    private void drain(Runnable next) {
        enter("finishing", Worker.TIMEOUT_NANOS);
        whenFreed = () -> {
            if (workers.stream().noneMatch(Worker::isBusy)) {
                whenFreed = () -> {};
                next.run();
            }
        };
        whenFreed.run();
    }

    /**
     * Nodes that still start have nothing to recover with, so they come first; a rescale that is under way may need what was broken, so that comes next.
     */
    private void repair() {
        enter("repairing", plan.faults().intervalNanos());
        nemesis.stop();
        cluster.restartAll(() -> rescaler.stop(this::recover));
    }

    private void recover() {
        var last = workload.finalGenerator();
        if (last.isEmpty()) {
            done();
            return;
        }
        enter("recovering", plan.load().finalWaitNanos());
        timeline.after(plan.load().finalWaitNanos(), () -> readLast(last.get()));
    }

    private void readLast(Generator<I> generator) {
        enter("last reads", Worker.TIMEOUT_NANOS);
        whenFreed = () -> {
            boolean idle = true;
            for (var worker : workers) {
                if (!worker.isBusy()) {
                    generator.next(worker.index()).ifPresent(worker::invoke);
                }
                idle &= !worker.isBusy();
            }
            if (idle) {
                done();
            }
        };
        whenFreed.run();
    }

    private void done() {
        whenFreed = () -> {};
        enter("done", 0);
    }

    private void enter(String name, long limitNanos) {
        phase = new Phase(name, timeline.nowNanos(), limitNanos);
    }

    private void broken(RunFailure why) {
        if (failure == null && !isDone()) {
            failure = why;
            recorder.abandon();
            done();
        }
    }

    private void nemesisStep(Nemesis.Step step) {
        recorder.nemesis(step);
        traffic.trace().event(step.begins() ? "fault" : "mended", step.fault() + step.description());
        var description = step.description().isEmpty() ? "" : " " + step.description();
        var error = step.error().map(text -> " (" + text + ")").orElse("");
        observer.note((step.begins() ? "fault begins: " : "fault ends: ") + step.fault() + description + error);
    }
}
