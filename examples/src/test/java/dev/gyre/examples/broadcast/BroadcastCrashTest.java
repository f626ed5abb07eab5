package dev.gyre.examples.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.MemoryStorage;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.Topology;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationFailure;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mockito.AdditionalAnswers;
import org.mockito.Mockito;

/** The node under all usual faults, crashes and failing disks among them: nothing that was acknowledged is lost. */
final class BroadcastCrashTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Options STAR = new Options(Duration.ofMillis(50), Optional.of(Topology.star()));

    private static Simulation<Msg, Signal> cluster(ServiceFactory<Msg, Signal> factory) {
        return Simulation.of(Msg.class, factory).nodes(5).chaos(Duration.ofSeconds(20));
    }

    private static void everyNodeHasAllInTheEnd(SimulationRun<Msg> run) {
        var client = run.client();
        var acknowledged = new TreeSet<Long>();
        run.every(Duration.ofMillis(200), () -> {
            long element = run.nowNanos();
            client.call(run.anyNode(), new Msg.Broadcast(element), SECOND).whenDone(outcome -> {
                if (outcome instanceof Outcome.Ok) {
                    acknowledged.add(element);
                }
            });
        });
        run.whenSettled(() -> run.nodeIds().forEach(node -> {
            var reply = client.call(node, new Msg.Read(), SECOND);
            run.check(() -> assertThat(((Msg.ReadOk) reply.outcome().orThrow()).messages())
                    .containsAll(acknowledged));
        }));
    }

    @Test
    void nothingAcknowledgedIsLostThoughNodesCrashAndDisksFail() {
        cluster(node -> new BroadcastNode(node, STAR)).sweep(1, 50, BroadcastCrashTest::everyNodeHasAllInTheEnd);
    }

    @Test
    void nodeThatForgetsWhenItCrashesIsFound() {
        var forgetful = cluster(node -> new BroadcastNode(withoutDisk(node), STAR));
        assertThatThrownBy(() -> forgetful.sweep(1, 50, BroadcastCrashTest::everyNodeHasAllInTheEnd))
                .isInstanceOf(SimulationFailure.class);
    }

    @SuppressWarnings("unchecked") // The mock is of the type of what it stands for.
    private static NodeContext<Msg, Signal> withoutDisk(NodeContext<Msg, Signal> node) {
        NodeContext<Msg, Signal> context = Mockito.mock(NodeContext.class, AdditionalAnswers.delegatesTo(node));
        Mockito.doReturn(new MemoryStorage()).when(context).storage();
        return context;
    }
}
