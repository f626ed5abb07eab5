package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gyre.core.Outcome;
import dev.gyre.core.simulation.GossipSet.Msg;
import dev.gyre.core.simulation.GossipSet.Tick;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The code of the package's page, line by line: a test of the documents compares the two. */
class SimulationPageTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation<Msg, Tick> cluster =
            Simulation.of(Msg.class, GossipSet::right).nodes(5).faults(FaultKind.WITHOUT_CRASHES);

    private final Scenario<Msg> nothingAcknowledgedIsLost = run -> {
        var client = run.client();
        var acknowledged = new TreeSet<Long>();
        run.every(Duration.ofMillis(100), () -> {
            long element = run.nowNanos();
            client.call(run.anyNode(), new Msg.Add(element), SECOND).whenDone(outcome -> {
                if (outcome instanceof Outcome.Ok) {
                    acknowledged.add(element);
                }
            });
        });
        run.whenSettled(() -> run.nodeIds().forEach(node -> {
            var reply = client.call(node, new Msg.Read(), SECOND);
            run.check(() -> assertThat(((Msg.ReadOk) reply.outcome().orThrow()).elements())
                    .containsAll(acknowledged));
        }));
    };

    @Test
    void holdsUnderASwarmOfFaults() {
        cluster.sweep(1, 20, nothingAcknowledgedIsLost);
    }

    @Test
    void holdsUnderAPlanWrittenByHand() {
        var minority = List.of(List.of("n0", "n1"), List.of("n2", "n3", "n4"));
        var plan = FaultPlan.NONE
                .with(SECOND, Duration.ofSeconds(20), new Fault.Partition(minority), new Fault.HealPartition())
                .with(Duration.ofSeconds(5), Duration.ofSeconds(9), new Fault.Pause("n3"), new Fault.Resume("n3"))
                .with(Duration.ofSeconds(6), new Fault.Loss(0.2));
        cluster.faults(plan).run(1, nothingAcknowledgedIsLost);
    }

    @Test
    void seedThatFailsIsReplayed() {
        var wrong = Simulation.of(Msg.class, GossipSet::wrong).faults(FaultKind.WITHOUT_CRASHES);
        var failure = assertThrows(SimulationFailure.class, () -> wrong.sweep(1, 100, nothingAcknowledgedIsLost));
        assertThrows(SimulationFailure.class, () -> wrong.run(failure.seed(), nothingAcknowledgedIsLost));
        var choices = wrong.record(failure.seed(), nothingAcknowledgedIsLost);
        assertThrows(SimulationFailure.class, () -> wrong.replay(choices, nothingAcknowledgedIsLost));
    }

    @Test
    void runIsDeterministic() {
        var report = cluster.verify(7, nothingAcknowledgedIsLost);
        assertThat(report.hash()).isNotZero();
    }
}
