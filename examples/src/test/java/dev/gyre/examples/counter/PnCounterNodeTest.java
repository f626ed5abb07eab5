package dev.gyre.examples.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.gyre.core.Body;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Timers;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.counter.PnCounterNode.Msg;
import dev.gyre.examples.counter.PnCounterNode.Signal;
import dev.gyre.examples.counter.PnCounterNode.Sums;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PnCounterNodeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Network<Msg> network = mock();
    private final Timers<Signal> timers = mock();
    private final NodeContext<Msg, Signal> context = mock();
    private final PnCounterNode node = node();

    private PnCounterNode node() {
        when(context.nodeId()).thenReturn("n1");
        when(context.random()).thenReturn((RandomGenerator) () -> 0xcafe);
        when(context.timers()).thenReturn(timers);
        return new PnCounterNode(context);
    }

    private Message<Msg> receive(String src, Msg payload) {
        var message = new Message<>(src, "n1", new Body<>(OptionalLong.of(1), OptionalLong.empty(), payload));
        node.step(new Event.Received<>(message), network);
        return message;
    }

    private void verifyValue(long value) {
        var read = receive("c1", new Msg.Read());
        verify(network).reply(read, new Msg.ReadOk(value));
    }

    @Test
    void valueIsWhatWasAddedLessWhatWasTakenAway() {
        receive("c1", new Msg.Add(5));
        receive("c1", new Msg.Add(-7));
        receive("c1", new Msg.Add(0));

        verifyValue(-2);
    }

    @Test
    void reportThatComesTwiceOrTooLateChangesNothing() {
        receive("c1", new Msg.Add(100));
        receive("n2", new Msg.Merge(Map.of("n2-a", new Sums(7, 2))));
        receive("n2", new Msg.Merge(Map.of("n2-a", new Sums(7, 2))));
        receive("n2", new Msg.Merge(Map.of("n2-a", new Sums(3, 1), "n3-b", new Sums(0, 1))));

        verifyValue(100 + 7 - 2 - 1);
    }

    @Test
    void allSumsAreToldToAnotherNode() {
        when(network.neighbours()).thenReturn(List.of("n2"));
        receive("c1", new Msg.Add(1));
        receive("n3", new Msg.Merge(Map.of("n3-b", new Sums(0, 4))));

        node.step(new Event.Signal<>(Signal.GOSSIP), network);
        receive("c1", new Msg.Add(1));

        verify(network).send("n2", new Msg.Merge(Map.of("n1-cafe", new Sums(1, 0), "n3-b", new Sums(0, 4))));
    }

    @Test
    void nothingIsToldWhereThereIsNobodyOrNothing() {
        when(network.neighbours()).thenReturn(List.of("n2")).thenReturn(List.of());

        node.step(new Event.Signal<>(Signal.GOSSIP), network);
        receive("c1", new Msg.Add(1));
        node.step(new Event.Signal<>(Signal.GOSSIP), network);

        verify(network, never()).send(any(), any());
    }

    private static void verifyValueAtAllNodes(SimulationRun<Msg> run, LongSupplier expected) {
        run.nodeIds()
                .forEach(id -> run.client()
                        .call(id, new Msg.Read(), SECOND)
                        .whenDone(outcome ->
                                assertThat(outcome.orThrow()).as(id).isEqualTo(new Msg.ReadOk(expected.getAsLong()))));
    }

    @Test
    void nodesAgreeAfterEveryFaultButCrashes() {
        Simulation.of(Msg.class, PnCounterNode::new)
                .nodes(5)
                .faults(FaultKind.WITHOUT_CRASHES)
                .sweep(1, 50, run -> {
                    var client = run.client();
                    var expected = new AtomicLong();
                    run.every(Duration.ofMillis(50), () -> {
                        long delta = run.random().nextLong(-5, 5);
                        expected.addAndGet(delta);
                        client.call(run.anyNode(), new Msg.Add(delta), SECOND);
                    });
                    run.whenSettled(() -> verifyValueAtAllNodes(run, expected::get));
                });
    }

    @Test
    void nodesAgreeThatHardlyEverHearEachOther() {
        var plan = FaultPlan.NONE.with(Duration.ZERO, new Fault.Loss(0.95));
        Simulation.of(Msg.class, PnCounterNode::new)
                .nodes(5)
                .faults(plan)
                .chaos(SECOND.multipliedBy(10))
                .settle(SECOND.multipliedBy(5))
                .sweep(1, 20, run -> {
                    var client = run.client();
                    var expected = new AtomicLong();
                    run.every(Duration.ofMillis(20), () -> {
                        long delta = run.random().nextLong(-5, 5);
                        expected.addAndGet(delta);
                        client.call(run.anyNode(), new Msg.Add(delta), SECOND);
                    });
                    run.whenSettled(() -> verifyValueAtAllNodes(run, expected::get));
                });
    }

    @Test
    void nodeThatIsStartedAgainCountsOnFromWhatOthersKnow() {
        var plan = FaultPlan.NONE.with(
                Duration.ofSeconds(5), Duration.ofMillis(5001), new Fault.Crash("n0"), new Fault.Restart("n0"));
        Simulation.of(Msg.class, PnCounterNode::new).faults(plan).run(1, run -> {
            run.client().call("n0", new Msg.Add(10), SECOND);
            run.after(Duration.ofMillis(5002), () -> run.client().call("n0", new Msg.Add(1), SECOND));
            run.after(Duration.ofSeconds(10), () -> verifyValueAtAllNodes(run, () -> 11));
        });
    }

    @Test
    void nodesAgreeOverTheWire() {
        try (var cluster = StreamCluster.start(3, Msg.class, PnCounterNode::new)) {
            for (int i = 0; i < 6; i++) {
                cluster.call("n" + i % 3, "{\"type\":\"add\",\"delta\":" + (i - 4) + "}");
            }
            for (var id : List.of("n0", "n1", "n2")) {
                await().until(() ->
                        cluster.call(id, "{\"type\":\"read\"}").path("value").asLong() == -9);
            }
        }
    }
}
