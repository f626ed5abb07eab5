package dev.gyre.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.gyre.core.Body;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.examples.kafka.KafkaNode.Msg;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** One node, {@code n0} of three. It owns the keys c and f, n1 owns a and d, n2 owns b and e. */
final class KafkaNodeTest {
    private final Network<Msg> network = mock();
    private final KafkaNode node = node();

    private KafkaNode node() {
        NodeContext<Msg, Void> context = mock();
        when(network.nodeId()).thenReturn("n0");
        when(network.nodeIds()).thenReturn(List.of("n0", "n1", "n2"));
        when(context.nodeId()).thenReturn("n0");
        when(context.network()).thenReturn(network);
        when(context.random()).thenReturn((RandomGenerator) () -> 0xcafe);
        return new KafkaNode(context);
    }

    private Message<Msg> receive(Msg payload) {
        var message = new Message<>("c1", "n0", new Body<>(OptionalLong.of(1), OptionalLong.empty(), payload));
        node.step(new Event.Received<>(message), network);
        return message;
    }

    private void owners(Outcome<Msg> n1, Outcome<Msg> n2) {
        when(network.rpc(eq("n1"), any(), any())).thenReturn(Promise.of(n1));
        when(network.rpc(eq("n2"), any(), any())).thenReturn(Promise.of(n2));
    }

    private static Outcome<Msg> away() {
        return Outcome.of(new RpcError(ErrorCode.TIMEOUT, "away"));
    }

    private static Msg polled(Map<String, List<Msg.Entry>> entries) {
        return new Msg.PollOk(new TreeMap<>(entries));
    }

    @Test
    void ownerServesItsKeysWithoutAskingAnybody() {
        var send = receive(new Msg.Send("c", 7));
        var again = receive(new Msg.Send("c", 8));
        var poll = receive(new Msg.Poll(new TreeMap<>(Map.of("c", 1L, "f", 0L))));

        verify(network).reply(send, new Msg.SendOk(0));
        verify(network).reply(again, new Msg.SendOk(1));
        verify(network).reply(poll, polled(Map.of("c", List.of(new Msg.Entry(1, 8)), "f", List.of())));
        verify(network, never()).rpc(any(), any(), any());
    }

    @Test
    void eachOtherOwnerIsAskedOnceForAllItsKeys() {
        owners(
                new Outcome.Ok<>(polled(Map.of("a", List.of(new Msg.Entry(5, 50)), "d", List.of()))),
                new Outcome.Ok<>(polled(Map.of("b", List.of()))));

        var poll = receive(new Msg.Poll(new TreeMap<>(Map.of("a", 5L, "b", 6L, "d", 7L))));

        verify(network).rpc(eq("n1"), eq(new Msg.Poll(new TreeMap<>(Map.of("a", 5L, "d", 7L)))), any());
        verify(network).rpc(eq("n2"), eq(new Msg.Poll(new TreeMap<>(Map.of("b", 6L)))), any());
        verify(network).reply(poll, polled(Map.of("a", List.of(new Msg.Entry(5, 50)), "b", List.of(), "d", List.of())));
    }

    @Test
    void pollLeavesOutTheKeysOfAnOwnerThatIsAway() {
        owners(away(), new Outcome.Ok<>(polled(Map.of("b", List.of(new Msg.Entry(0, 1))))));

        var poll = receive(new Msg.Poll(new TreeMap<>(Map.of("a", 0L, "b", 0L))));

        verify(network).reply(poll, polled(Map.of("b", List.of(new Msg.Entry(0, 1)))));
    }

    @Test
    void otherRequestsAreLeftOpenWhenAnOwnerIsAway() {
        owners(away(), away());
        var offsets = new TreeMap<>(Map.of("a", 1L, "c", 1L));
        for (var request : List.of(
                new Msg.Send("a", 1),
                new Msg.CommitOffsets(offsets),
                new Msg.ListCommittedOffsets(List.of("a", "c")))) {
            assertThatExceptionOfType(RpcError.class)
                    .isThrownBy(() -> receive(request))
                    .matches(error -> !error.code().definite());
        }
    }

    @Test
    void sendThatArrivesTwiceIsAppendedOnce() {
        var append = receive(new Msg.Append("n1-a", 1, "c", 7));
        receive(new Msg.Append("n1-a", 1, "c", 7));
        var next = receive(new Msg.Append("n1-b", 1, "c", 7));

        verify(network, times(2)).reply(append, new Msg.SendOk(0));
        verify(network).reply(next, new Msg.SendOk(1));
    }

    @Test
    void committedOffsetNeverGoesBackAndIsUnknownAtFirst() {
        receive(new Msg.CommitOffsets(new TreeMap<>(Map.of("c", 5L))));
        receive(new Msg.CommitOffsets(new TreeMap<>(Map.of("c", 3L))));

        var list = receive(new Msg.ListCommittedOffsets(List.of("c", "f")));

        verify(network).reply(list, new Msg.ListCommittedOffsetsOk(new TreeMap<>(Map.of("c", 5L))));
    }

    @Test
    void pollHasALimitAndAnyOffsetIsAPlaceInTheLog() {
        var log = new TopicLog();
        for (int i = 0; i < TopicLog.POLL_MAX + 5; i++) {
            log.append(i);
        }
        assertThat(log.from(-3)).hasSize(TopicLog.POLL_MAX).startsWith(new Msg.Entry(0, 0));
        assertThat(log.from(TopicLog.POLL_MAX)).hasSize(5).startsWith(new Msg.Entry(1000, 1000));
        assertThat(log.from(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void protocolIsThatOfTheWorkload() {
        try (var cluster = StreamCluster.start(2, Msg.class, KafkaNode::new)) {
            for (var key : List.of("a", "b")) { // of which each node owns one
                assertThat(call(cluster, "n0", "'send','key':'" + key + "','msg':123"))
                        .contains("'send_ok'", "'offset':0");
                call(cluster, "n1", "'send','key':'" + key + "','msg':456");
            }
            assertThat(call(cluster, "n0", "'poll','offsets':{'a':0,'b':1}"))
                    .contains("'poll_ok'", "'msgs':{'a':[[0,123],[1,456]],'b':[[1,456]]}");
            assertThat(call(cluster, "n1", "'commit_offsets','offsets':{'a':1}"))
                    .contains("'commit_offsets_ok'");
            assertThat(call(cluster, "n0", "'list_committed_offsets','keys':['a','b']"))
                    .contains("'list_committed_offsets_ok'", "'offsets':{'a':1}");
        }
    }

    private static String call(StreamCluster cluster, String node, String body) {
        return cluster.call(node, "{'type':".concat(body).concat("}").replace('\'', '"'))
                .toString()
                .replace('"', '\'');
    }
}
