package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.link.LinkSettings;
import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.Scenario;
import dev.gyre.core.simulation.SimulatedClient;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.control.JobPhase;
import dev.gyre.stream.control.Request;
import dev.gyre.stream.worker.Carriage;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One simulated run of {@link NumbersJob} in which a snapshot or a rescale is asked for once, and one node is killed between two messages of it. The run is the
 * same up to that moment whoever is killed and when, so messages can be counted in one run and a node be killed behind each of them in others.
 */
final class KillRun implements Scenario<JobMessage> {
    /** The request. */
    static final String OPERATION = "operation";

    private static final long SEED = 1;
    /** Of each partition, five at a time: more than are read while an operation is done, a node lost and another snapshot taken. */
    private static final long RECORDS = 250;

    private static final int PAUSE_MILLIS = 60;
    /** Whoever is silent for so long is lost. */
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofMillis(600);

    private static final ControlSettings CONTROL = new ControlSettings(
            3,
            HEARTBEAT_TIMEOUT,
            Duration.ofMillis(100),
            Optional.empty(),
            Duration.ofMillis(400),
            Duration.ofSeconds(4),
            Duration.ofMillis(100),
            2);
    /** A multiple of what a run takes: 4 s, and a second for each recovery. */
    private static final Duration LIMIT = Duration.ofSeconds(12);
    /** An answer that takes longer is asked for again, elsewhere. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** A worker at first, in every plan. */
    private static final String LAST_WORKER = "n3";

    private static final Duration MOMENT = Duration.ofMillis(20);

    private final KillPlan plan;
    private final JobWorld world = new JobWorld(RECORDS, PAUSE_MILLIS);
    private final TreeSet<String> complete = new TreeSet<>();
    private Optional<String> lastLeader = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private int leader;
    private KillOutcome.Before before = new KillOutcome.Before(0, 0);
    private boolean isUnderWay;
    private boolean isLaterCommitted;
    private int messages;
    private boolean isOver;
    /** For each message of the operation who has taken or sent something since the one before: others are as they were. */
    private final List<Set<String>> movers = new ArrayList<>();

    private int attempts;

    private KillRun(KillPlan plan) {
        this.plan = plan;
    }

    /**
     * Runs it.
     *
     * @throws AssertionError when something does not hold
     */
    static KillRun of(KillPlan plan) {
        var one = new KillRun(plan);
        NumbersJob.runIn(one.world);
        var stores = one.world.outside();
        ServiceFactory<JobMessage, JobNode.Signal> factory = node -> NumbersJob.node(
                node, NumbersJob.NARROW, CONTROL, stores, Carriage.OverLinks.byReference(LinkSettings.defaults()));
        Simulation.of(JobMessage.class, factory)
                .nodes(KillPlan.NODES)
                .latency(Latency.exponential(Duration.ofMillis(2)))
                .chaos(LIMIT)
                .settle(Duration.ofSeconds(1))
                .faults(FaultPlan.NONE)
                .run(SEED, one);
        return one;
    }

    /** Who led when the operation was asked for. */
    int leader() {
        return leader;
    }

    /**
     * Behind which messages a node is to be killed, of those between nodes from the request of the operation to its end at all nodes: behind none of them, and behind each
     * one since which it has taken or sent something. To kill it behind another one comes to the same as behind the one before.
     */
    List<Integer> boundaries(String node) {
        return IntStream.rangeClosed(0, movers.size())
                .filter(message -> message == 0 || movers.get(message - 1).contains(node))
                .boxed()
                .toList();
    }

    /** How many messages between nodes there were from the request of the operation to its end at all nodes. */
    int messages() {
        return movers.size();
    }

    /** What became of the operation. */
    KillOutcome outcome() {
        return KillOutcome.of(log(), before, answer.orElseThrow());
    }

    @Override
    public void play(SimulationRun<JobMessage> run) {
        var user = new User(run, run.client());
        run.observe(new Boundaries(run));
        run.after(MOMENT, () -> user.prepare());
        run.whenSettled(run::finish); // all was asked by then
        run.check(() -> {
            assertThat(answer).as("the answer to who asked for the operation").isPresent();
            assertThat(isLaterCommitted).as("a later snapshot is committed").isTrue();
            assertThat(complete).as("nodes at which the job is complete").hasSameElementsAs(run.nodeIds());
            JobAccount.check(world.shown, RECORDS);
        });
    }

    /** Counts messages between nodes, and kills behind one. */
    private final class Boundaries implements SimulatedNetwork.Observer {
        private final SimulationRun<JobMessage> run;
        /** Nodes that have taken or sent something since the last message was taken. */
        private final TreeSet<String> moved = new TreeSet<>();

        Boundaries(SimulationRun<JobMessage> run) {
            this.run = run;
        }

        @Override
        public void sent(long number, Letter letter) {
            moved.add(letter.src());
        }

        @Override
        public void taken(long number, Letter letter) {
            if (letter.type().equals("raft_heartbeat")) {
                lastLeader = Optional.of(letter.src());
            }
            if (isUnderWay && SimulatedNetwork.isNode(letter.src()) && SimulatedNetwork.isNode(letter.dest())) {
                moved.add(letter.dest());
                messages++;
                killAt(run, messages);
                if (!plan.kills() && !isOver) {
                    movers.add(Set.copyOf(moved));
                    isOver = KillOutcome.isKnownToAll(world, before);
                }
                moved.clear();
            }
        }
    }

    private void killAt(SimulationRun<JobMessage> run, int message) {
        if (plan.kills() && message == plan.message()) {
            run.inject(new Fault.Crash(plan.victim()));
            run.after(plan.away(), () -> run.inject(new Fault.Restart(plan.victim())));
        }
    }

    /** What was decided, as a node knows it that was not killed. */
    private List<JobWorld.Decided> log() {
        return world.decided.entrySet().stream()
                .filter(node -> !node.getKey().equals(plan.victim()))
                .map(node -> node.getValue())
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    /** Who asks for it all. */
    private final class User {
        private final SimulationRun<JobMessage> run;
        private final SimulatedClient<JobMessage> client;

        User(SimulationRun<JobMessage> run, SimulatedClient<JobMessage> client) {
            this.run = run;
            this.client = client;
        }

        /** Asks until there is an answer, first who leads, then one node after another. */
        private void ask(Request request, int node, Consumer<Answer> then) {
            client.call(run.nodeIds().get(node), new JobMessage.Asked(request), PATIENCE)
                    .whenDone(outcome -> {
                        if (outcome instanceof Outcome.Ok<JobMessage>(JobMessage.Answered(var told))
                                && !(told instanceof Answer.Elsewhere)) {
                            then.accept(told);
                        } else {
                            run.after(MOMENT, () -> ask(request, (node + 1) % KillPlan.NODES, then));
                        }
                    });
        }

        /** Brings the job to the workers that it is to run on before, and a snapshot of it. */
        void prepare() {
            if (lastLeader.isEmpty()) {
                run.after(MOMENT, this::prepare);
                return;
            }
            leader = run.nodeIds().indexOf(lastLeader.get());
            var first = new Request.RescaleOnto("first", plan.workers(leader));
            ask(first, leader, moved -> {
                if (!(moved instanceof Answer.Done)) {
                    run.after(MOMENT, this::prepare); // not all workers are there yet
                } else if (plan.isLeaderAtWork()) {
                    takeSecond();
                } else {
                    // In a generation of its own, in which nobody has ever spoken with the leader's worker: else it is
                    // over when that comes back.
                    run.inject(new Fault.Crash(LAST_WORKER));
                    run.after(MOMENT, () -> run.inject(new Fault.Restart(LAST_WORKER)));
                    run.after(MOMENT, this::awaitGeneration);
                }
            });
        }

        private void awaitGeneration() {
            ask(new Request.Status("generation"), leader, told -> {
                if (told instanceof Answer.Standing standing
                        && standing.phase() == JobPhase.RUNNING
                        && standing.generation() > 1) {
                    takeSecond();
                } else {
                    run.after(MOMENT, this::awaitGeneration);
                }
            });
        }

        private void takeSecond() {
            ask(new Request.SnapshotNow("second"), leader, taken -> operate());
        }

        private void operate() {
            before = KillOutcome.Before.of(log());
            isUnderWay = true;
            ask(plan.request(leader), leader, told -> {
                answer = Optional.of(told);
                takeLater();
            });
            run.after(Duration.ZERO, () -> killAt(run, 0)); // behind the request, which takes no time
        }

        /** A snapshot that begins when the operation has come to its end, whatever that is, and the node was killed. */
        private void takeLater() {
            if (messages < plan.message()) {
                run.after(MOMENT, this::takeLater);
                return;
            }
            attempts++;
            ask(new Request.SnapshotNow("later " + attempts), 0, told -> {
                isLaterCommitted = told instanceof Answer.Done;
                run.after(MOMENT, isLaterCommitted ? this::awaitEnd : this::takeLater);
            });
        }

        private void awaitEnd() {
            run.nodeIds()
                    .forEach(node -> client.call(node, new JobMessage.Asked(new Request.Status("s" + node)), PATIENCE)
                            .whenDone(outcome -> {
                                if (outcome
                                                instanceof
                                                Outcome.Ok<JobMessage>(JobMessage.Answered(Answer.Standing standing))
                                        && standing.phase() == JobPhase.COMPLETE) {
                                    complete.add(node);
                                }
                            }));
            if (complete.size() == KillPlan.NODES) {
                run.finish();
            } else {
                run.after(PATIENCE, this::awaitEnd);
            }
        }
    }
}
