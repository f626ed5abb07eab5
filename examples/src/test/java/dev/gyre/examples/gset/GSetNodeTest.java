package dev.gyre.examples.gset;

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
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.examples.gset.GSetNode.Msg;
import dev.gyre.examples.gset.GSetNode.Signal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GSetNodeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Network<Msg> network = mock();
    private final Timers<Signal> timers = mock();
    private final NodeContext<Msg, Signal> context = mock();
    private final GSetNode node = node();

    private GSetNode node() {
        when(context.random()).thenReturn(new SplittableRandom(1));
        when(context.timers()).thenReturn(timers);
        return new GSetNode(context);
    }

    private static SortedSet<Long> set(Long... elements) {
        return new TreeSet<>(List.of(elements));
    }

    private Message<Msg> receive(String src, Msg payload) {
        var message = new Message<>(src, "n1", new Body<>(OptionalLong.of(1), OptionalLong.empty(), payload));
        node.step(new Event.Received<>(message), network);
        return message;
    }

    @Test
    void readShowsWhatWasAddedAndWhatOthersOffered() {
        receive("c1", new Msg.Add(3));
        receive("n2", new Msg.Offer(set(1L, 3L)));
        receive("n2", new Msg.Missing(set(2L)));

        var read = receive("c1", new Msg.Read());

        verify(network).reply(read, new Msg.ReadOk(set(1L, 2L, 3L)));
    }

    @Test
    void offerIsAnsweredWithWhatItLacksAlone() {
        receive("c1", new Msg.Add(1));
        receive("c1", new Msg.Add(2));

        receive("n2", new Msg.Offer(set(2L, 3L)));

        verify(network).send("n2", new Msg.Missing(set(1L)));
    }

    @Test
    void offerThatLacksNothingIsNotAnswered() {
        receive("c1", new Msg.Add(1));

        receive("n2", new Msg.Offer(set(1L, 2L)));

        verify(network, never()).send(any(), any());
    }

    @Test
    void wholeSetIsOfferedToOneOtherNodeAtATime() {
        when(network.neighbours()).thenReturn(List.of("n2"));
        receive("c1", new Msg.Add(1));
        verify(timers).every(any(), any());

        node.step(new Event.Signal<>(Signal.OFFER), network);
        receive("c1", new Msg.Add(2));

        verify(network).send("n2", new Msg.Offer(set(1L)));
    }

    @Test
    void nodeWithoutOthersOffersNothing() {
        when(network.neighbours()).thenReturn(List.of());

        node.step(new Event.Signal<>(Signal.OFFER), network);

        verify(network, never()).send(any(), any());
    }

    @Test
    void nodesAgreeWithinFiveSecondsOfAPartition() {
        var allAlone = new Fault.Partition(
                IntStream.range(0, 25).mapToObj(i -> List.of("n" + i)).toList());
        simulation(25)
                .faults(FaultPlan.NONE.with(Duration.ZERO, allAlone))
                .chaos(Duration.ofSeconds(10))
                .settle(Duration.ofSeconds(5))
                .sweep(1, 20, run -> {
                    var client = run.client();
                    var next = new AtomicLong();
                    run.every(Duration.ofMillis(100), () -> {
                        long element = next.getAndIncrement();
                        client.call("n" + element % 25, new Msg.Add(element), SECOND);
                    });
                    // 96 elements have been added by then, to 25 nodes in turn.
                    run.after(
                            Duration.ofMillis(9650),
                            () -> client.call("n20", new Msg.Read(), SECOND)
                                    .whenDone(outcome -> assertThat(outcome.orThrow())
                                            .as("before the nodes hear each other")
                                            .isEqualTo(new Msg.ReadOk(set(20L, 45L, 70L, 95L)))));
                    run.whenSettled(() -> run.nodeIds()
                            .forEach(id -> client.call(id, new Msg.Read(), SECOND)
                                    .whenDone(outcome -> assertThat(((Msg.ReadOk) outcome.orThrow()).value())
                                            .as(id)
                                            .hasSize(100))));
                });
    }

    @Test
    void nodeThatCameBackEmptyCatchesUp() {
        var plan = FaultPlan.NONE.with(
                Duration.ofSeconds(5), Duration.ofMillis(5001), new Fault.Crash("n0"), new Fault.Restart("n0"));
        simulation(3).faults(plan).run(1, run -> {
            var client = run.client();
            client.call("n0", new Msg.Add(7), SECOND);
            run.after(
                    Duration.ofMillis(5002),
                    () -> client.call("n0", new Msg.Read(), SECOND)
                            .whenDone(outcome -> assertThat(outcome.orThrow()).isEqualTo(new Msg.ReadOk(set()))));
            run.after(
                    Duration.ofSeconds(10),
                    () -> client.call("n0", new Msg.Read(), SECOND)
                            .whenDone(outcome -> assertThat(outcome.orThrow()).isEqualTo(new Msg.ReadOk(set(7L)))));
        });
    }

    private static Simulation<Msg, Signal> simulation(int nodes) {
        return Simulation.of(Msg.class, GSetNode::new).nodes(nodes).latency(Latency.constant(Duration.ofMillis(100)));
    }

    @Test
    void elementsReachAllNodesOverTheWire() {
        try (var cluster = StreamCluster.start(3, Msg.class, GSetNode::new)) {
            for (int i = 0; i < 6; i++) {
                cluster.call("n" + i % 3, "{\"type\":\"add\",\"element\":" + i + "}");
            }
            for (var id : List.of("n0", "n1", "n2")) {
                await().until(() -> cluster.call(id, "{\"type\":\"read\"}")
                        .path("value")
                        .toString()
                        .equals("[0,1,2,3,4,5]"));
            }
        }
    }
}
