package dev.gyre.examples.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.gyre.core.Body;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Storage;
import dev.gyre.core.Timer;
import dev.gyre.core.Timers;
import dev.gyre.core.Topology;
import dev.gyre.examples.Flags;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node alone: {@code n1}, a neighbour of {@code n0} and {@code n2}. */
final class BroadcastNodeTest {
    private static final Options LINE = new Options(Duration.ofMillis(100), Optional.of(Topology.line()));
    private static final Options GIVEN = new Options(Duration.ofMillis(100), Optional.empty());

    private final NodeContext<Msg, Signal> context = mock();
    private final Network<Msg> network = mock();
    private final Timers<Signal> timers = mock();
    private final Storage storage = new MemoryStorage();
    private final Timer pause = mock();
    private final List<Call> calls = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    /** Of the links to n0 and n2. */
    private final List<Timer> retryTimers = new ArrayList<>();

    private final List<Signal> retries = new ArrayList<>();

    private record Call(String dest, Msg payload, Promise<Msg> promise) {
        void confirm() {
            promise.complete(new Outcome.Ok<>(new Msg.ShareOk()));
        }

        void timeOut() {
            promise.complete(Outcome.of(new RpcError(ErrorCode.TIMEOUT, "no answer")));
        }
    }

    @BeforeEach
    void connect() {
        when(context.storage()).thenReturn(storage);
        when(context.nodeId()).thenReturn("n1");
        when(context.nodeIds()).thenReturn(List.of("n0", "n1", "n2"));
        when(context.network()).thenReturn(network);
        when(context.timers()).thenReturn(timers);
        when(network.neighbours()).thenReturn(List.of("n0", "n2"));
        when(timers.after(any(), any())).thenAnswer(call -> {
            if (call.getArgument(1) instanceof Signal.Retry retry) {
                Timer timer = mock();
                retryTimers.add(timer);
                retries.add(retry);
                return timer;
            }
            return pause;
        });
        when(network.rpc(any(), any(), any())).thenAnswer(call -> {
            var promise = new Promise<Msg>();
            calls.add(new Call(call.getArgument(0), call.getArgument(1), promise));
            if (call.getArgument(0).equals("n0")) {
                timeouts.add(call.getArgument(2));
            }
            return promise;
        });
    }

    private static Message<Msg> from(String src, Msg payload) {
        return new Message<>(src, "n1", new Body<>(OptionalLong.of(1), OptionalLong.empty(), payload));
    }

    private static Msg share(Long... elements) {
        return new Msg.Share(List.of(elements));
    }

    private void step(BroadcastNode node, Message<Msg> message) {
        node.step(new Event.Received<>(message), network);
    }

    private void broadcast(BroadcastNode node, long element) {
        step(node, from("c1", new Msg.Broadcast(element)));
    }

    private void flush(BroadcastNode node) {
        node.step(new Event.Signal<>(new Signal.Flush()), network);
    }

    private void retryN0(BroadcastNode node) {
        node.step(new Event.Signal<>(retries.getFirst()), network);
    }

    private List<Call> callsTo(String neighbour) {
        return calls.stream().filter(call -> call.dest.equals(neighbour)).toList();
    }

    /** What was sent to a neighbour since this was asked last. */
    private List<Msg> sentTo(String neighbour) {
        var sent = callsTo(neighbour).stream().map(Call::payload).toList();
        calls.removeIf(call -> call.dest.equals(neighbour));
        return sent;
    }

    @Test
    void quietNodeSharesAnElementAtOnce() {
        var node = new BroadcastNode(context, LINE);

        broadcast(node, 7);

        assertThat(sentTo("n0")).containsExactly(share(7L));
        assertThat(sentTo("n2")).containsExactly(share(7L));
        verify(pause).reset();
    }

    @Test
    void busyNodeSharesElementsTogetherWhenThePauseIsOver() {
        var node = new BroadcastNode(context, LINE);
        when(pause.isActive()).thenReturn(true);
        broadcast(node, 7);
        broadcast(node, 8);
        step(node, from("n0", share(9L)));
        assertThat(calls).isEmpty();

        flush(node);

        assertThat(sentTo("n0")).containsExactly(share(7L, 8L));
        assertThat(sentTo("n2")).containsExactly(share(7L, 8L, 9L));
    }

    @Test
    void pauseDoesNotBeginAgainWhenThereWasNothingToShare() {
        var node = new BroadcastNode(context, LINE);

        flush(node);

        verify(pause, never()).reset();
    }

    @Test
    void elementThatIsKnownGoesNoFurther() {
        var node = new BroadcastNode(context, LINE);
        broadcast(node, 7);
        calls.clear();

        step(node, from("n0", share(7L)));
        broadcast(node, 7);

        assertThat(calls).isEmpty();
    }

    @Test
    void shareIsConfirmedAndReadShowsEachElementOnce() {
        var node = new BroadcastNode(context, LINE);
        var share = from("n0", share(7L, 8L));
        var read = from("c1", new Msg.Read());

        step(node, share);
        step(node, share);
        broadcast(node, Long.MAX_VALUE);
        step(node, read);

        verify(network, times(2)).reply(share, new Msg.ShareOk());
        verify(network).reply(read, new Msg.ReadOk(List.of(7L, 8L, Long.MAX_VALUE)));
    }

    @Test
    void batchThatIsNotConfirmedIsSharedAgainWithAllThatCameAfterIt() {
        var node = new BroadcastNode(context, LINE);
        broadcast(node, 7);
        broadcast(node, 8);
        var toN0 = callsTo("n0");
        calls.clear();

        toN0.get(0).timeOut();
        var probe = callsTo("n0").getFirst();
        assertThat(sentTo("n0")).containsExactly(share(7L));
        toN0.get(1).timeOut();
        broadcast(node, 9);
        assertThat(sentTo("n0")).as("before it has answered the probe").isEmpty();
        probe.confirm();

        assertThat(sentTo("n0")).containsExactly(share(8L, 9L));
        assertThat(sentTo("n2")).as("is not concerned").containsExactly(share(9L));
    }

    @Test
    void neighbourThatStaysAwayIsProbedAtLongerAndLongerIntervals() {
        var node = new BroadcastNode(context, LINE);
        broadcast(node, 0);
        callsTo("n0").getFirst().timeOut();
        calls.removeFirst();
        for (int i = 1; i < 10; i++) {
            broadcast(node, i);
            var probe = callsTo("n0").getFirst();
            assertThat(sentTo("n0")).containsExactly(share(0L));
            probe.timeOut();
            retryN0(node);
        }
        assertThat(timeouts)
                .startsWith(Link.PATIENCE_MIN, Link.PATIENCE_MIN.multipliedBy(2), Link.PATIENCE_MAX)
                .endsWith(Link.PATIENCE_MAX, Link.PATIENCE_MAX);
        verify(retryTimers.getFirst()).reset(Link.PATIENCE_MIN.multipliedBy(2));
        verify(retryTimers.getFirst(), times(9)).reset(Link.PATIENCE_MAX);
    }

    @Test
    void neighbourThatAnswersIsNotProbedAnyMore() {
        var node = new BroadcastNode(context, LINE);
        broadcast(node, 7);
        broadcast(node, 8);
        var toN0 = callsTo("n0");
        toN0.get(0).timeOut();
        calls.clear();

        toN0.get(1).confirm();

        verify(retryTimers.getFirst(), times(2)).cancel();
        assertThat(sentTo("n0")).as("after a probe with 7").containsExactly(share(8L));
    }

    @Test
    void slowNeighbourIsGivenTwiceTheTimeThatItTook() {
        var node = new BroadcastNode(context, LINE);
        broadcast(node, 7);
        when(context.nowNanos()).thenReturn(1_500_000_000L);
        callsTo("n0").getFirst().confirm();

        broadcast(node, 8);

        assertThat(timeouts).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    @Test
    void longBacklogGoesInSeveralBatches() {
        var node = new BroadcastNode(context, LINE);
        var many = LongStream.range(0, Link.BATCH_MAX + 1).boxed().toList();

        step(node, from("n0", new Msg.Share(many)));
        flush(node);
        flush(node);

        assertThat(sentTo("n2")).containsExactly(new Msg.Share(many.subList(0, Link.BATCH_MAX)), share(10_000L));
        assertThat(sentTo("n0")).isEmpty();
    }

    @Test
    void topologyMessageCountsWhenItIsAskedFor() {
        var node = new BroadcastNode(context, GIVEN);
        broadcast(node, 7);
        assertThat(calls).isEmpty();
        when(network.neighbours()).thenReturn(List.of("n2"));
        var topology = from("c1", new Msg.Topology(Map.of("n1", List.of("n2"), "n2", List.of("n1"))));

        step(node, topology);

        verify(network).useNeighbours(List.of("n2"));
        verify(network).reply(topology, new Msg.TopologyOk());
        assertThat(sentTo("n2")).as("what came before it").containsExactly(share(7L));
    }

    @Test
    void topologyMessageIsOnlyAnsweredOtherwise() {
        var node = new BroadcastNode(context, LINE);
        var topology = from("c1", new Msg.Topology(Map.of("n1", List.of("n2"))));

        step(node, topology);

        verify(network).reply(topology, new Msg.TopologyOk());
        verify(network).useNeighbours(List.of("n0", "n2"));
        verify(network, never()).useNeighbours(List.of("n2"));
    }

    @Test
    void topologyWithUnknownNodesIsRefused() {
        var node = new BroadcastNode(context, GIVEN);

        assertThatExceptionOfType(RpcError.class)
                .isThrownBy(() -> step(node, from("c1", new Msg.Topology(Map.of("n1", List.of("n9"))))))
                .withMessage("12 malformed-request: [n9] are not all among [n0, n1, n2]");
        verify(network, never()).useNeighbours(anyList());
    }

    @Test
    void flagsChooseBatchAndTopology() {
        var nodes = List.of("n0", "n1", "n2", "n3", "n4", "n5");

        var usual = Flags.read(Options::read);
        assertThat(usual.batch()).isEqualTo(Duration.ofMillis(50));
        assertThat(usual.topology().orElseThrow().neighbours("n5", nodes)).containsExactly("n0");

        assertThat(Flags.read(Options::read, "--batch-ms", "0").batch()).isZero();
        assertThat(Flags.read(Options::read, "--topology", "given").topology()).isEmpty();
        var tree = Flags.read(Options::read, "--topology", "tree4").topology().orElseThrow();
        assertThat(tree.neighbours("n5", nodes)).containsExactly("n1");
        var sqrt = Flags.read(Options::read, "--topology", "sqrt").topology().orElseThrow();
        assertThat(sqrt.neighbours("n5", nodes)).containsExactly("n3");
    }
}
