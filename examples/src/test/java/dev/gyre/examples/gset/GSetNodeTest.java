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
import dev.gyre.examples.VirtualCluster;
import dev.gyre.examples.gset.GSetNode.Msg;
import dev.gyre.examples.gset.GSetNode.Signal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class GSetNodeTest {
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
        for (long seed = 0; seed < 20; seed++) {
            var cluster = new VirtualCluster<Msg, Signal>(25, Msg.class, seed)
                    .losing((src, dest) -> src.compareTo(dest) != 0)
                    .start(GSetNode::new);
            for (long i = 0; i < 100; i++) {
                cluster.ask("n" + i % 25, new Msg.Add(i));
                cluster.advance(Duration.ofMillis(100));
            }
            assertThat(size(cluster, "n0")).isEqualTo(4);

            cluster.losing((src, dest) -> false).advance(Duration.ofSeconds(5));

            for (var id : cluster.nodeIds()) {
                assertThat(size(cluster, id)).as("%s, seed %d", id, seed).isEqualTo(100);
            }
        }
    }

    @Test
    void nodeThatCameBackEmptyCatchesUp() {
        var cluster = new VirtualCluster<Msg, Signal>(3, Msg.class, 1).start(GSetNode::new);
        cluster.ask("n0", new Msg.Add(7));
        cluster.advance(Duration.ofSeconds(5));

        cluster.start("n0", GSetNode::new);
        cluster.advance(Duration.ofSeconds(5));

        assertThat(cluster.ask("n0", new Msg.Read())).isEqualTo(new Msg.ReadOk(set(7L)));
    }

    private static int size(VirtualCluster<Msg, Signal> cluster, String id) {
        return ((Msg.ReadOk) cluster.ask(id, new Msg.Read())).value().size();
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
