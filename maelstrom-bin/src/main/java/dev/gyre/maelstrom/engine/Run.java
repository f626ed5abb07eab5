package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.Client.Result;
import dev.gyre.maelstrom.engine.NodeEvent.Line;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.nemesis.FaultTarget;
import dev.gyre.maelstrom.nemesis.Nemesis;
import dev.gyre.maelstrom.net.Endpoint;
import dev.gyre.maelstrom.net.Message;
import dev.gyre.maelstrom.net.Network;
import dev.gyre.maelstrom.net.NetworkCounts;
import dev.gyre.maelstrom.service.Services;
import dev.gyre.maelstrom.workload.Generator;
import dev.gyre.maelstrom.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workload against a cluster. It goes through these phases, each of which begins when the one before is over:
 * start and initialise all nodes at once; greet them, where the workload does; let workers work, while the nemesis does, until
 * the time limit; wait for what is under way; and where the workload reads a last time: repair, give time to recover, read.
 * Anything a node must not do breaks the run off at once.
 *
 * <p>A driver moves the timeline and passes on what nodes do, until the run is done. For one thread.
 */
public final class Run<I, O> {
    /** Maelstrom gives nodes ten seconds to answer {@code init}. */
    static final long INIT_TIMEOUT_NANOS = 10_000_000_000L;

    private static final int SHOWN_MAX = 2_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final RunPlan plan;
    private final Workload<I, O> workload;
    private final Timeline timeline;
    private final NodeHost host;
    private final RunObserver observer;
    private final NetworkCounts counts = new NetworkCounts();
    private final Network network;
    private final Problems problems;
    private final Client.Factory clients;
    private final Recorder<I, O> recorder;
    private final Nemesis nemesis;
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
        this.host = host;
        this.observer = observer;
        network = new Network(timeline, plan.latency(), plan.random().fork("latency"), this::journal);
        problems = new Problems(observer::note);
        clients = new Client.Factory(network, timeline, problems);
        recorder = new Recorder<>(timeline, workload);
        nemesis = new Nemesis(timeline, new Cluster(), plan.faults().intervalNanos(), this::nemesisStep);
        phase = new Phase("starting", 0, INIT_TIMEOUT_NANOS);
    }

    /** Starts the nodes and begins. */
    public void start() {
        Services.attach(network, plan.random());
        plan.nodes().forEach(node -> network.attach(node, new NodeEndpoint(host, node)));
        for (var node : plan.nodes()) {
            var problem = host.start(node);
            if (problem.isPresent()) {
                fail(node, "Node " + node + " could not be started: " + problem.get(), Optional.empty());
                return;
            }
        }
        var ready = new Countdown(plan.nodes().size(), this::greet);
        for (var node : plan.nodes()) {
            var init = Json.body("init").put("node_id", node);
            var ids = init.putArray("node_ids");
            plan.nodes().forEach(ids::add);
            var client = clients.open();
            expect(client, node, new Greeting(init, "init_ok"), () -> {
                client.close();
                ready.countDown();
            });
        }
    }

    /** Whether the run is over. */
    public boolean isDone() {
        return phase.name.equals("done");
    }

    /** Passes on what a node did. After the end it changes nothing. */
    public void accept(NodeEvent event) {
        if (isDone()) {
            return;
        }
        switch (event) {
            case NodeEvent.Sent sent -> sent(sent);
            case NodeEvent.BadLine bad -> fail(bad.node(), bad.problem(), bad.line());
            case NodeEvent.Ended ended ->
                fail(ended.node(), "Node " + ended.node() + " " + ended.how() + at(), Optional.empty());
        }
    }

    /** How far the run is. */
    public Progress progress() {
        return new Progress(
                phase.name,
                timeline.nowNanos() - phase.beganNanos,
                phase.limitNanos,
                new Progress.Counts(recorder.invoked(), recorder.ok(), recorder.failed(), recorder.unknown()),
                nemesis.active().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .toList());
    }

    /** What the run leaves behind, once it is done. */
    public RunResult<I, O> result() {
        return new RunResult<>(
                workload, recorder.history(), recorder.events(), counts, problems, Optional.ofNullable(failure));
    }

    private void sent(NodeEvent.Sent sent) {
        if (!sent.src().equals(sent.node())) {
            fail(sent.node(), "names \"" + sent.src() + "\" as its sender", sent.line());
        } else if (!network.knows(sent.dest())) {
            fail(sent.node(), "names an unknown dest, \"" + sent.dest() + "\"", sent.line());
        } else {
            network.send(sent.src(), sent.dest(), sent.body());
        }
    }

    private record Greeting(ObjectNode request, String reply) {}

    /** Asks a node what it must answer in time and as told, or the run breaks off. */
    private void expect(Client client, String node, Greeting greeting, Runnable next) {
        String type = greeting.request.path("type").asText();
        client.call(node, greeting.request, INIT_TIMEOUT_NANOS, result -> {
            switch (result) {
                case Result.TimedOut() ->
                    fail(node, "Node " + node + " did not answer " + type + " within 10 s", Optional.empty());
                case Result.Replied(var body) -> {
                    if (body.path("type").asText().equals(greeting.reply)) {
                        next.run();
                    } else {
                        fail(
                                node,
                                "Node " + node + " answered " + type + " with " + body + ", not with " + greeting.reply,
                                Optional.empty());
                    }
                }
            }
        });
    }

    private void greet() {
        enter("greeting", INIT_TIMEOUT_NANOS);
        var staff = new Worker.Staff<>(
                workload, clients, recorder, problems, plan.load().workers(), () -> whenFreed.run());
        for (int i = 0; i < plan.load().workers(); i++) {
            workers.add(new Worker<>(staff, i, plan.nodes().get(i % plan.nodes().size())));
        }
        var ready = new Countdown(workload.greeting().isPresent() ? workers.size() : 0, this::work);
        workload.greeting().ifPresent(any -> {
            for (var worker : workers) {
                var request = workload.greeting().orElseThrow();
                var greeting = new Greeting(request, workload.greetingReply());
                expect(worker.client(), worker.node(), greeting, ready::countDown);
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
            drain(this::recover);
        });
        nemesis.start(plan.faults().faults(), plan.random());
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

    private void recover() {
        var last = workload.finalGenerator();
        nemesis.stop();
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

    private void fail(String node, String problem, Line line) {
        String sentence = "Line " + line.number() + " of node " + node + "'s output " + problem + at();
        fail(node, sentence, Optional.of(line));
    }

    private void fail(String node, String sentence, Optional<Line> line) {
        if (failure != null || isDone()) {
            return;
        }
        var shown = line.map(it -> it.text().length() <= SHOWN_MAX
                ? it
                : new Line(it.number(), it.text().substring(0, SHOWN_MAX) + "…"));
        failure = new RunFailure(node, sentence, shown, host.logTail(node));
        recorder.abandon();
        done();
    }

    private String at() {
        return String.format(Locale.ROOT, " (%.3f s into the run)", timeline.nowNanos() / NANOS_PER_SECOND);
    }

    private void journal(JournalEntry entry) {
        counts.accept(entry);
        observer.message(entry);
    }

    private void nemesisStep(Nemesis.Step step) {
        recorder.nemesis(step);
        observer.note(
                step.begins()
                        ? "fault begins: " + step.fault() + " " + step.description()
                        : "fault ends: " + step.fault());
    }

    /** Runs an action when it has been called a number of times; at once, when that is 0. */
    private static final class Countdown {
        private final Runnable action;
        private int left;

        Countdown(int count, Runnable action) {
            this.action = action;
            left = count;
            if (count == 0) {
                action.run();
            }
        }

        void countDown() {
            left--;
            if (left == 0) {
                action.run();
            }
        }
    }

    private record NodeEndpoint(NodeHost host, String node) implements Endpoint {
        @Override
        public void receive(Message message) {
            host.deliver(node, message);
        }

        @Override
        public Optional<String> refusal() {
            return host.refusal(node);
        }
    }

    private final class Cluster implements FaultTarget {
        @Override
        public List<String> nodes() {
            return plan.nodes();
        }

        @Override
        public void cut(String src, String dest) {
            network.cut(src, dest);
        }

        @Override
        public void healLinks() {
            network.heal();
        }
    }
}
