package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Event;
import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Outcome;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Simulation<GossipSet.Msg, GossipSet.Tick> cluster(
            ServiceFactory<GossipSet.Msg, GossipSet.Tick> factory) {
        return Simulation.of(GossipSet.Msg.class, factory).nodes(5).faults(FaultKind.WITHOUT_CRASHES);
    }

    /** Adds ten elements a second; in the end every node must have every element whose addition was acknowledged. */
    private static void nothingAcknowledgedIsLost(SimulationRun<GossipSet.Msg> run) {
        var client = run.client();
        var acknowledged = new TreeSet<Long>();
        var next = new AtomicLong();
        run.every(Duration.ofMillis(100), () -> {
            long element = next.incrementAndGet();
            client.call(run.anyNode(), new GossipSet.Msg.Add(element), SECOND).whenDone(outcome -> {
                if (outcome instanceof Outcome.Ok) {
                    acknowledged.add(element);
                }
            });
        });
        run.whenSettled(() -> {
            for (var node : run.nodeIds()) {
                var reply = client.call(node, new GossipSet.Msg.Read(), SECOND);
                run.check(() -> {
                    var elements = ((GossipSet.Msg.ReadOk) reply.outcome().orThrow()).elements();
                    assertThat(elements).as("elements at " + node).containsAll(acknowledged);
                });
            }
        });
        run.check(() -> assertThat(acknowledged).hasSizeGreaterThan(50));
    }

    @Test
    void rightServiceHoldsUnderEveryFaultThatItIsMadeFor() {
        cluster(GossipSet::right).sweep(1, 100, SimulationTest::nothingAcknowledgedIsLost);
    }

    /** As of a sync that had failed before, and was told so late. */
    @Test
    void nodeThatEndsWhenAllIsMendedIsStartedOnceMore() {
        var lives = new AtomicLong();
        Simulation.<GossipSet.Msg, String>of(GossipSet.Msg.class, node -> {
                    if (lives.incrementAndGet() == 1) {
                        node.timers().after(SECOND.plusMillis(10), "late");
                    }
                    return (event, network) -> {
                        if (event instanceof Event.Signal) {
                            throw new StorageException(StorageException.Kind.FAILED, "a sync has failed");
                        }
                    };
                })
                .nodes(1)
                .faults(FaultPlan.NONE)
                .chaos(SECOND)
                .settle(SECOND)
                .run(1, run -> {});
        assertThat(lives).hasValue(2);
    }

    /** So a node can be ended between any two messages. */
    @Test
    void faultThatStrikesWhenAMessageIsTakenStrikesBeforeTheNextMessage() {
        var seen = new ArrayList<String>();
        cluster(GossipSet::right).faults(FaultPlan.NONE).chaos(SECOND).run(1, run -> {
            run.client().call("n0", new GossipSet.Msg.Add(1), SECOND);
            run.observe(new SimulatedNetwork.Observer() {
                @Override
                public void taken(long number, Letter letter) {
                    note(letter, "taken");
                    if (SimulatedNetwork.isNode(letter.src()) && letter.dest().equals("n1") && seen.size() < 5) {
                        run.inject(new Fault.Crash("n1"));
                    }
                }

                @Override
                public void dropped(long number, Letter letter, String reason) {
                    note(letter, reason);
                }

                private void note(Letter letter, String what) {
                    if (letter.dest().equals("n1") && run.nowNanos() < SECOND.toNanos()) {
                        seen.add(what);
                    }
                }
            });
        });
        assertThat(seen).containsExactly("taken", "n1 is down", "n1 is down", "n1 is down");
    }

    @Test
    void runThatIsFinishedMendsAllAndMakesItsLastRequestsAtOnce() {
        var crash = FaultPlan.NONE.with(SECOND, new Fault.Crash("n0"));
        var report = cluster(GossipSet::right).faults(crash).run(1, run -> {
            run.after(SECOND.multipliedBy(2), run::finish);
            run.whenSettled(() -> {
                var reply = run.client().call("n0", new GossipSet.Msg.Read(), SECOND);
                reply.whenDone(outcome -> run.finish());
                run.check(() -> assertThat(reply.outcome()).isInstanceOf(Outcome.Ok.class));
            });
        });
        assertThat(report.simulated()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void wrongServiceIsCaughtAndTheSeedReplaysTheSameFailure() {
        var simulation = cluster(GossipSet::wrong);
        var failure = failureOf(() -> simulation.sweep(1, 20, SimulationTest::nothingAcknowledgedIsLost));
        var again = failureOf(() -> simulation.run(failure.seed(), SimulationTest::nothingAcknowledgedIsLost));
        assertThat(failure).hasMessageStartingWith("seed " + failure.seed() + " fails at ");
        assertThat(again).hasMessage(failure.getMessage());
    }

    private static SimulationFailure failureOf(Runnable action) {
        try {
            action.run();
        } catch (SimulationFailure failure) {
            return failure;
        }
        throw new AssertionError("no run failed");
    }

    @Test
    void sameSeedGivesTheSameHashAndAnotherSeedAnother() {
        var simulation = cluster(GossipSet::right);
        var report = simulation.verify(7, SimulationTest::nothingAcknowledgedIsLost);
        assertThat(report.simulated()).isEqualTo(Duration.ofSeconds(45));
        assertThat(report.events()).isGreaterThan(1000);
        assertThat(simulation.run(7, SimulationTest::nothingAcknowledgedIsLost).hash())
                .isEqualTo(report.hash());
        assertThat(simulation.run(8, SimulationTest::nothingAcknowledgedIsLost).hash())
                .isNotEqualTo(report.hash());
    }

    @Test
    void hashIsTheSameOnEveryJdk() {
        var report = cluster(GossipSet::right).run(42, SimulationTest::nothingAcknowledgedIsLost);
        assertThat(Long.toHexString(report.hash())).isEqualTo("fa96160be3bc2cef");
    }

    @Test
    void whatChanceDecidedReplaysTheRun() {
        var simulation = cluster(GossipSet::right);
        var choices = simulation.record(7, SimulationTest::nothingAcknowledgedIsLost);
        var report = simulation.run(7, SimulationTest::nothingAcknowledgedIsLost);
        var replayed = simulation.replay(choices, SimulationTest::nothingAcknowledgedIsLost);
        assertThat(replayed.hash()).isEqualTo(report.hash());
        assertThat(replayed.plan()).isEqualTo(report.plan());
        assertThat(choices.stream(0)).isEqualTo("swarm PARTITION");
    }

    @Test
    void changedChoicesGiveAnotherRunThatIsJustAsExact() {
        var simulation = cluster(GossipSet::right);
        var choices = simulation.record(7, SimulationTest::nothingAcknowledgedIsLost);
        int half = choices.size() / 2;
        for (var changed : List.of(choices.with(0, ~choices.value(0)), choices.without(half, choices.size()))) {
            var report = simulation.replay(changed, SimulationTest::nothingAcknowledgedIsLost);
            assertThat(report.hash())
                    .isEqualTo(simulation
                            .replay(changed, SimulationTest::nothingAcknowledgedIsLost)
                            .hash())
                    .isNotEqualTo(simulation
                            .replay(choices, SimulationTest::nothingAcknowledgedIsLost)
                            .hash());
        }
    }

    @Test
    void choicesOfARunThatFailsFailAgain() {
        var simulation = cluster(GossipSet::wrong);
        var failure = failureOf(() -> simulation.sweep(1, 20, SimulationTest::nothingAcknowledgedIsLost));
        var choices = simulation.record(failure.seed(), SimulationTest::nothingAcknowledgedIsLost);
        assertThat(failureOf(() -> simulation.replay(choices, SimulationTest::nothingAcknowledgedIsLost)))
                .hasRootCauseMessage(rootOf(failure).getMessage());
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    @Test
    void serviceThatIsNotDeterministicIsNamedByItsFirstEventThatDiffers() {
        var calls = new AtomicLong();
        var simulation = cluster(node -> {
            if (calls.incrementAndGet() == 7) {
                node.network().send("n0", new GossipSet.Msg.Gossip(List.of()));
            }
            return GossipSet.right(node);
        });
        assertThatThrownBy(() -> simulation.faults(FaultPlan.NONE).verify(1, run -> {}))
                .isInstanceOf(SimulationFailure.class)
                .hasMessage("seed 1 is not deterministic: event 0 is \"0.500000 s: sent n0 -> n1 gossip\" in one run"
                        + " and \"0.000000 s: sent n1 -> n0 gossip\" in the next");
    }

    @Test
    void crashedNodeForgetsAndTheSimulationFindsIt() {
        assertThatThrownBy(() -> Simulation.of(GossipSet.Msg.class, GossipSet::right)
                        .nodes(1)
                        .faults(FaultPlan.NONE.with(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(11),
                                new Fault.Crash("n0"),
                                new Fault.Restart("n0")))
                        .run(1, SimulationTest::nothingAcknowledgedIsLost))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("elements at n0")
                .hasMessageContaining("10.000 s Crash[node=n0]");
    }

    @Test
    void exceptionFromAServiceFailsTheRun() {
        assertThatThrownBy(() -> cluster(GossipSet::right)
                        .run(
                                1,
                                run -> run.every(
                                        SECOND, () -> run.client().call("n1", new GossipSet.Msg.AddOk(), SECOND))))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("a node failed: java.lang.IllegalStateException: nobody asked");
    }

    @Test
    void brokenInvariantFailsTheRun() {
        var simulation = Simulation.<GossipSet.Msg, GossipSet.Tick>of(GossipSet.Msg.class, node -> (event, network) -> {
            throw new InvariantViolation("two leaders in term 3");
        });
        assertThatThrownBy(() -> simulation.run(
                        1, run -> run.every(SECOND, () -> run.client().call("n1", new GossipSet.Msg.Read(), SECOND))))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("two leaders in term 3");
    }

    @Test
    void plannedFaultOfAnUnknownNodeIsNamed() {
        assertThatThrownBy(() -> cluster(GossipSet::right)
                        .faults(FaultPlan.NONE.with(SECOND, new Fault.Crash("n9")))
                        .run(1, run -> {}))
                .hasMessageContaining("n9 is none of the nodes [n0, n1, n2, n3, n4]");
    }
}
