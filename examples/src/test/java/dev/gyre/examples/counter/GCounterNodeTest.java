package dev.gyre.examples.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.isA;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.when;

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
import dev.gyre.core.kv.KvMessage;
import dev.gyre.examples.VirtualCluster;
import dev.gyre.examples.counter.GCounterNode.Msg;
import dev.gyre.examples.counter.GCounterNode.Signal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class GCounterNodeTest {
    private static final String SEQ_KV = "seq-kv";

    private final StaleKv store = new StaleKv();

    private VirtualCluster<Msg, Signal> cluster(long seed) {
        return new VirtualCluster<Msg, Signal>(3, Msg.class, seed).with(SEQ_KV, store);
    }

    @Test
    void readShowsAllThatWasAddedBeforeAlthoughTheStoreAnswersFromThePast() {
        var cluster = cluster(1).start(GCounterNode::new);
        long expected = 0;
        for (int i = 0; i < 30; i++) {
            cluster.ask("n" + i % 3, new Msg.Add(i));
            expected += i;
            for (var id : cluster.nodeIds()) {
                assertThat(cluster.ask(id, new Msg.Read())).isEqualTo(new Msg.ReadOk(expected));
            }
        }
    }

    @Test
    void whatIsAddedMeanwhileGoesWithTheNextWrite() {
        var cluster = cluster(1).start(GCounterNode::new);
        cluster.ask("n0", new Msg.Add(1));
        int before = store.casCount;

        var adds = List.of(
                cluster.call("n0", new Msg.Add(1)),
                cluster.call("n0", new Msg.Add(2)),
                cluster.call("n0", new Msg.Add(3)),
                cluster.call("n0", new Msg.Add(4)));
        cluster.advance(Duration.ofSeconds(1));

        assertThat(adds).allMatch(Promise::isDone);
        assertThat(store.casCount - before).isEqualTo(2);
        assertThat(store.valuesOf("n0")).endsWith(1L, 2L, 11L);
    }

    @Test
    void nothingAcknowledgedIsLostWhenMessagesAreLostAndOvertakeEachOther() {
        for (long seed = 0; seed < 20; seed++) {
            var kv = new StaleKv();
            var cluster = new VirtualCluster<Msg, Signal>(3, Msg.class, seed)
                    .with(SEQ_KV, kv)
                    .latency(Duration.ZERO, Duration.ofSeconds(4));
            cluster.losing((src, dest) -> cluster.random().nextInt(10) == 0).start(GCounterNode::new);
            var acknowledged = new AtomicLong();
            long all = 0;
            for (int i = 0; i < 150; i++) {
                long delta = cluster.random().nextLong(5);
                all += delta;
                cluster.call("n" + i % 3, new Msg.Add(delta)).whenDone(outcome -> {
                    if (outcome instanceof Outcome.Ok) {
                        acknowledged.addAndGet(delta);
                    }
                });
                cluster.advance(Duration.ofMillis(200));
            }
            assertThat(acknowledged.get()).as("something was acknowledged").isGreaterThan(0);

            cluster.losing((src, dest) -> false).latency(Duration.ZERO, Duration.ofMillis(100));
            cluster.advance(Duration.ofSeconds(10));

            for (var id : cluster.nodeIds()) {
                assertThat(((Msg.ReadOk) cluster.ask(id, new Msg.Read())).value())
                        .as("seed %d: sent again until it is stored", seed)
                        .isEqualTo(all);
                assertThat(kv.valuesOf(id))
                        .as("%s, seed %d: never goes back", id, seed)
                        .isSorted();
            }
        }
    }

    @Test
    void readIsNeverBelowWhatWasAcknowledgedBeforeIt() {
        for (long seed = 0; seed < 20; seed++) {
            var cluster = new VirtualCluster<Msg, Signal>(3, Msg.class, seed)
                    .with(SEQ_KV, new StaleKv())
                    .latency(Duration.ZERO, Duration.ofSeconds(2))
                    .start(GCounterNode::new);
            var acknowledged = new AtomicLong();
            var reads = new AtomicLong();
            for (int i = 0; i < 200; i++) {
                cluster.call("n" + i % 3, new Msg.Add(1)).whenDone(outcome -> {
                    if (outcome instanceof Outcome.Ok) {
                        acknowledged.incrementAndGet();
                    }
                });
                long least = acknowledged.get();
                cluster.call("n" + (i + 1) % 3, new Msg.Read()).whenDone(outcome -> {
                    if (outcome instanceof Outcome.Ok<Msg>(Msg.ReadOk(long value))) {
                        reads.incrementAndGet();
                        assertThat(value).isGreaterThanOrEqualTo(least);
                    }
                });
                cluster.advance(Duration.ofMillis(100));
            }
            assertThat(reads.get()).isGreaterThan(0);
        }
    }

    @Test
    void nodeThatIsStartedAgainCountsOn() {
        var cluster = cluster(1).start(GCounterNode::new);
        cluster.ask("n0", new Msg.Add(10));

        cluster.start("n0", GCounterNode::new);
        cluster.ask("n0", new Msg.Add(1));

        assertThat(cluster.ask("n1", new Msg.Read())).isEqualTo(new Msg.ReadOk(11));
    }

    @Test
    void clientIsToldWhenTheStoreDoesNotAnswer() {
        var cluster = cluster(1).start(GCounterNode::new);
        cluster.ask("n0", new Msg.Add(10));
        cluster.losing((src, dest) -> dest.equals(SEQ_KV));

        for (var request : List.of(new Msg.Add(1), new Msg.Read(), new Msg.Add(2))) {
            assertThatExceptionOfType(RpcError.class)
                    .isThrownBy(() -> cluster.ask("n0", request))
                    .matches(error -> error.code().equals(ErrorCode.TIMEOUT));
        }

        cluster.losing((src, dest) -> false).advance(Duration.ofSeconds(5));
        assertThat(cluster.ask("n0", new Msg.Read())).as("stored all the same").isEqualTo(new Msg.ReadOk(13));
    }

    @Test
    void deltaBelowZeroIsRefused() {
        var cluster = cluster(1).start(GCounterNode::new);

        assertThatExceptionOfType(RpcError.class)
                .isThrownBy(() -> cluster.ask("n0", new Msg.Add(-1)))
                .matches(error -> error.code().equals(ErrorCode.MALFORMED_REQUEST));
        assertThat(cluster.ask("n0", new Msg.Read())).isEqualTo(new Msg.ReadOk(0));
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
