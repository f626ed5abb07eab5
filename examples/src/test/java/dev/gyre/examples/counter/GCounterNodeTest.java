package dev.gyre.examples.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.isA;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.Body;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.kv.service.SeqKvService;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.counter.GCounterNode.Msg;
import dev.gyre.examples.counter.GCounterNode.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class GCounterNodeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Simulation<Msg, Signal> cluster() {
        return cluster(0, Duration.ZERO);
    }

    /** A cluster whose store loses requests, loses replies and serves requests late for a while, each with a probability. */
    private static Simulation<Msg, Signal> cluster(double fault, Duration end) {
        return Simulation.of(Msg.class, GCounterNode::new)
                .with("seq-kv", KvMessage.class, (NodeContext<KvMessage, Void> node) -> unreliable(node, fault, end));
    }

    private static Service<KvMessage, Void> unreliable(NodeContext<KvMessage, Void> node, double fault, Duration end) {
        var store = new SeqKvService(node);
        var held = new ArrayDeque<Event<KvMessage, Void>>();
        return (event, network) -> {
            if (!held.isEmpty() && node.random().nextInt(100) == 0) {
                serveWithoutReply(store, held.remove());
            }
            double fate = node.nowNanos() < end.toNanos() ? node.random().nextDouble() : Double.MAX_VALUE;
            if (fate >= 3 * fault) {
                store.step(event, network);
            } else if (fate >= 2 * fault) {
                held.add(event); // for a second or two: whoever asked has given up by then
            } else if (fate >= fault) {
                serveWithoutReply(store, event);
            }
        };
    }

    private static void serveWithoutReply(SeqKvService store, Event<KvMessage, Void> event) {
        Network<KvMessage> nowhere = mock(withSettings().stubOnly());
        try {
            store.step(event, nowhere);
        } catch (RpcError error) {
            // The error is the reply, and it is lost.
        }
    }

    private static void add(SimulationRun<Msg> run, long delta, LongConsumer whenAcknowledged) {
        run.client().call(run.anyNode(), new Msg.Add(delta), SECOND).whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok) {
                whenAcknowledged.accept(delta);
            }
        });
    }

    private static void read(SimulationRun<Msg> run, String node, LongConsumer whenRead) {
        run.client().call(node, new Msg.Read(), SECOND.multipliedBy(5)).whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok<Msg>(Msg.ReadOk(long value))) {
                whenRead.accept(value);
            }
        });
    }

    /** Adds and reads all the time: no read may be below what was acknowledged before, and in the end all is stored. */
    private static void everythingIsCounted(SimulationRun<Msg> run) {
        var all = new AtomicLong();
        var acknowledged = new AtomicLong();
        var reads = new AtomicInteger();
        run.every(Duration.ofMillis(100), () -> {
            long delta = run.random().nextLong(5);
            all.addAndGet(delta);
            add(run, delta, acknowledged::addAndGet);
            long least = acknowledged.get();
            read(run, run.anyNode(), value -> {
                reads.incrementAndGet();
                assertThat(value).as("all that was acknowledged before").isGreaterThanOrEqualTo(least);
            });
        });
        run.whenSettled(() -> run.nodeIds()
                .forEach(node -> read(run, node, value -> {
                    reads.set(-1);
                    assertThat(value).as("sent again until it is stored").isEqualTo(all.get());
                })));
        run.check(() -> {
            assertThat(acknowledged.get()).isPositive();
            assertThat(reads.get()).as("the last reads were answered").isEqualTo(-1);
        });
    }

    @Test
    void everythingIsCountedUnderEveryFaultButCrashes() {
        cluster().faults(FaultKind.WITHOUT_CRASHES).sweep(1, 50, GCounterNodeTest::everythingIsCounted);
    }

    @Test
    void everythingIsCountedWhenRequestsAndRepliesAreLostAndComeLate() {
        cluster(0.05, Duration.ofSeconds(30))
                .latency(Latency.exponential(Duration.ofMillis(150)))
                .faults(FaultPlan.NONE)
                .sweep(1, 50, GCounterNodeTest::everythingIsCounted);
    }

    /** What crashes take with them are additions that were not acknowledged. */
    @Test
    void acknowledgedAdditionsSurviveCrashes() {
        cluster().sweep(1, 50, run -> {
            var all = new AtomicLong();
            var acknowledged = new AtomicLong();
            run.every(Duration.ofMillis(100), () -> {
                all.incrementAndGet();
                add(run, 1, acknowledged::addAndGet);
            });
            run.whenSettled(() -> run.nodeIds()
                    .forEach(node ->
                            read(run, node, value -> assertThat(value).isBetween(acknowledged.get(), all.get()))));
            run.check(() -> assertThat(acknowledged.get()).isGreaterThan(50));
        });
    }

    private static Service<KvMessage, Void> noting(NodeContext<KvMessage, Void> node, List<Long> written) {
        var store = new SeqKvService(node);
        return (event, network) -> {
            if (event instanceof Event.Received<KvMessage, Void>(var message)
                    && message.payload() instanceof KvMessage.Cas cas) {
                written.add(cas.to().asLong());
            }
            store.step(event, network);
        };
    }

    @Test
    void whatIsAddedMeanwhileGoesWithTheNextWrite() {
        var sums = new ArrayList<Long>();
        Simulation.of(Msg.class, GCounterNode::new)
                .nodes(1)
                .faults(FaultPlan.NONE)
                .with("seq-kv", KvMessage.class, (NodeContext<KvMessage, Void> node) -> noting(node, sums))
                .run(1, run -> {
                    var acknowledged = new AtomicLong();
                    run.after(SECOND, () -> {
                        for (int delta = 1; delta <= 4; delta++) {
                            add(run, delta, acknowledged::addAndGet);
                        }
                    });
                    run.check(() -> assertThat(acknowledged.get()).isEqualTo(10));
                });
        assertThat(sums).containsExactly(1L, 10L);
    }

    @Test
    void clientIsToldWhenTheStoreDoesNotAnswerAndItIsStoredAllTheSame() {
        cluster(1, Duration.ofSeconds(10)).faults(FaultPlan.NONE).run(1, run -> {
            for (var request : List.of(new Msg.Add(1), new Msg.Read(), new Msg.Add(2))) {
                var reply = run.client().call("n0", request, Duration.ofSeconds(5));
                run.check(() -> assertThatExceptionOfType(RpcError.class)
                        .isThrownBy(() -> reply.outcome().orThrow())
                        .matches(error -> error.code().equals(ErrorCode.TIMEOUT))
                        .withMessageContaining("seq-kv"));
            }
            var last = run.client();
            run.whenSettled(() -> last.call("n0", new Msg.Read(), SECOND)
                    .whenDone(outcome -> assertThat(outcome.orThrow()).isEqualTo(new Msg.ReadOk(3))));
        });
    }

    @Test
    void deltaBelowZeroIsRefused() {
        cluster().faults(FaultPlan.NONE).run(1, run -> {
            var refused = run.client().call("n0", new Msg.Add(-1), SECOND);
            run.check(() -> assertThat(refused.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.error().code()).isEqualTo(ErrorCode.MALFORMED_REQUEST)));
            run.whenSettled(() -> read(run, "n0", value -> assertThat(value).isZero()));
        });
    }

    @Test
    void readChangesSomethingBeforeItReads() {
        NodeContext<Msg, Signal> context = mock();
        Network<Msg> network = mock();
        Network<KvMessage> kv = mock();
        when(context.nodeId()).thenReturn("n1");
        when(context.nodeIds()).thenReturn(List.of("n1", "n2"));
        when(context.network()).thenReturn(network);
        when(context.networkFor(KvMessage.class)).thenReturn(kv);
        when(context.random()).thenReturn((RandomGenerator) () -> 0xcafe);
        var seven = new KvMessage.ReadOk(JsonNodeFactory.instance.numberNode(7));
        when(kv.rpc(any(), isA(KvMessage.Read.class), any())).thenReturn(Promise.of(new Outcome.Ok<>(seven)));
        when(kv.rpc(any(), isA(KvMessage.Write.class), any()))
                .thenReturn(Promise.of(new Outcome.Ok<>(new KvMessage.WriteOk())));
        when(kv.rpc(any(), isA(KvMessage.Cas.class), any()))
                .thenReturn(Promise.of(new Outcome.Ok<>(new KvMessage.CasOk())));
        var node = new GCounterNode(context);
        var read = new Message<Msg>("c1", "n1", new Body<>(OptionalLong.of(1), OptionalLong.empty(), new Msg.Read()));

        node.step(new Event.Received<>(read), network);

        var order = inOrder(kv, network);
        order.verify(kv).rpc(any(), isA(KvMessage.Write.class), any());
        order.verify(kv, times(2)).rpc(any(), isA(KvMessage.Read.class), any());
        order.verify(network).reply(read, new Msg.ReadOk(14));
    }
}
