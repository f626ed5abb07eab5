package dev.gyre.examples.gset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.examples.gset.GSetNode.Msg;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The set under every fault that a node without a disk can survive. */
final class GSetSimulationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void nothingAcknowledgedIsLost() {
        Simulation.of(Msg.class, GSetNode::new)
                .nodes(5)
                .faults(FaultKind.WITHOUT_CRASHES)
                .sweep(1, 50, run -> {
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
                        run.check(() -> assertThat(((Msg.ReadOk) reply.outcome().orThrow()).value())
                                .containsAll(acknowledged));
                    }));
                });
    }
}
