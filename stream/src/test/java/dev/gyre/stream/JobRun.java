package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Scenario;
import dev.gyre.core.simulation.SimulatedClient;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.control.JobPhase;
import dev.gyre.stream.control.Request;
import dev.gyre.stream.snapshot.ReplicatedSnapshots;
import dev.gyre.stream.snapshot.SnapshotStores;
import dev.gyre.stream.worker.Carriage;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import dev.gyre.stream.worker.SmallLinks;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole job on simulated nodes that crash, stand still and come back, while it is rescaled and snapshots are taken: what the sink shows in the end is what
 * an unbroken run shows, each record once.
 */
final class JobRun {

    private static final ControlSettings CONTROL = new ControlSettings(
            3,
            Duration.ofMillis(2000),
            Duration.ofMillis(300),
            Optional.of(Duration.ofMillis(700)),
            Duration.ofSeconds(4),
            Duration.ofSeconds(4),
            Duration.ofMillis(200),
            2);

    /** Little room and chunks of a few records, so that parts take several entries and the log is cut. */
    private static final ReplicatedSnapshots.Settings STORE =
            new ReplicatedSnapshots.Settings(400_000, 500, 4, Duration.ofMillis(1500));

    private static final Logger log = LoggerFactory.getLogger(JobRun.class);

    private static final Duration CHAOS = Duration.ofSeconds(12);
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private static JobWorld world = new JobWorld(0, 0);

    /**
     * What is run.
     *
     * @param records of each partition
     * @param pauseMillis between some records and the next
     * @param carriage how frames get from worker to worker
     * @param faults that strike
     * @param hasStoreOnRaft whether the nodes keep snapshots themselves
     */
    record Kind(long records, int pauseMillis, Carriage carriage, Set<FaultKind> faults, boolean hasStoreOnRaft) {
        /** Frames by reference: messages arrive in order and are not lost, nodes crash and stand still. */
        static final Kind DIRECT =
                new Kind(4000, 10, new Carriage.Direct(), EnumSet.of(FaultKind.CRASH, FaultKind.PAUSE), false);

        /** Frames over links with little room: messages overtake each other, and all strikes that a node is to survive that keeps its log. */
        static final Kind LINKED =
                new Kind(1000, 36, Carriage.OverLinks.byReference(SmallLinks.SETTINGS), FaultKind.USUAL, false);

        Kind with(Set<FaultKind> others) {
            return new Kind(records, pauseMillis, carriage, others, hasStoreOnRaft);
        }

        /** With snapshots that nodes keep in their own logs. */
        Kind onRaft() {
            return new Kind(records, pauseMillis, carriage, faults, true);
        }

        SnapshotStores stores(JobWorld world) {
            return hasStoreOnRaft ? world.replicas.of(STORE) : world.outside();
        }

        boolean isLinked() {
            return carriage instanceof Carriage.OverLinks;
        }

        int nodes(long seed) {
            return isLinked() ? 3 + (int) (seed % 5) : 5;
        }

        Latency latency(long seed) {
            return isLinked()
                    ? Latency.exponential(Duration.ofMillis(1 + seed % 4))
                    : Latency.constant(Duration.ofMillis(seed % 2 == 0 ? 1 : 8));
        }
    }

    /** Whether all are at the end of the job is asked this often, once all is mended. */
    private static final Duration ASKED_EVERY = Duration.ofMillis(250);

    private static Request anyRequest(SimulationRun<JobMessage> run) {
        var id = "r" + run.nowNanos();
        return run.random().nextInt(4) == 0
                ? new Request.SnapshotNow(id)
                : new Request.RescaleTo(
                        id, 1 + run.random().nextInt(run.nodeIds().size()));
    }

    private static Scenario<JobMessage> scenario(Kind kind) {
        return run -> {
            var client = run.client();
            run.every(
                    Duration.ofMillis(900),
                    () -> client.call(run.anyNode(), new JobMessage.Asked(anyRequest(run)), Duration.ofSeconds(5))
                            .whenDone(outcome ->
                                    world.count(String.valueOf(outcome).replaceAll("[0-9]+", "#"))));
            var complete = new TreeSet<String>();
            if (!kind.hasStoreOnRaft) { // else there is something to delete when the job is complete
                run.after(CHAOS.plus(SETTLE.dividedBy(5)), () -> askAll(run, client, complete));
            }
            run.whenSettled(() -> {
                complete.clear();
                askAll(run, client, complete);
            });
            run.check(() -> check(run.nodeIds(), complete));
        };
    }

    private static void check(List<String> nodes, Set<String> complete) {
        assertThat(complete).as("nodes at which the job is complete").hasSameElementsAs(nodes);
        JobAccount.check(world.shown, world.records);
        world.replicas
                .names()
                .forEach(names ->
                        assertThat(names).as("what is kept").containsExactlyInAnyOrderElementsOf(world.needed()));
    }

    /** Asks every node whether the job is complete, until all say so: then nothing more is to come. */
    private static void askAll(
            SimulationRun<JobMessage> run, SimulatedClient<JobMessage> client, Set<String> complete) {
        run.nodeIds()
                .forEach(node -> client.call(node, new JobMessage.Asked(new Request.Status("s" + node)), ASKED_EVERY)
                        .whenDone(outcome -> {
                            if (outcome instanceof Outcome.Ok<JobMessage>(JobMessage.Answered(Answer.Standing standing))
                                    && standing.phase() == JobPhase.COMPLETE
                                    && complete.add(node)
                                    && complete.size() == run.nodeIds().size()) {
                                run.finish();
                            }
                        }));
        run.after(ASKED_EVERY, () -> askAll(run, client, complete));
    }

    private static Simulation<JobMessage, JobNode.Signal> simulation(Kind kind, long seed) {
        ServiceFactory<JobMessage, JobNode.Signal> factory =
                node -> NumbersJob.node(node, NumbersJob.WIDE, CONTROL, kind.stores(world), kind.carriage);
        return Simulation.of(JobMessage.class, factory)
                .nodes(kind.nodes(seed))
                .latency(kind.latency(seed))
                .chaos(CHAOS)
                .settle(SETTLE)
                .faults(kind.faults);
    }

    /** The first of some seeds that fails with crashes and pauses, and why; empty when none does. */
    static String firstFailure(int seeds) {
        return firstFailure(Kind.DIRECT, 1, seeds);
    }

    static String firstFailure(Kind kind, long first, int seeds) {
        var counts = new TreeMap<String, Long>();
        for (long seed = first; seed < first + seeds; seed++) {
            world = new JobWorld(kind.records, kind.pauseMillis);
            NumbersJob.runIn(world);
            try {
                var report = simulation(kind, seed).run(seed, scenario(kind));
                counts.merge("events", report.events(), Long::sum);
                counts.merge("simulated seconds", report.simulated().toSeconds(), Long::sum);
            } catch (RuntimeException | AssertionError failure) {
                return "seed " + seed + ": " + failure;
            }
            world.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
        }
        log.info("{}", counts);
        return "";
    }
}
