package dev.gyre.examples.uniqueids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.gyre.core.Body;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.examples.VirtualCluster;
import dev.gyre.examples.uniqueids.UniqueIdsNode.Msg;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class UniqueIdsNodeTest {
    @Test
    void idIsTheNodesNameItsRandomNumberAndACount() {
        NodeContext<Msg, Void> context = mock();
        when(context.nodeId()).thenReturn("n1");
        when(context.random()).thenReturn((RandomGenerator) () -> 0xcafe);
        Network<Msg> network = mock();
        var node = new UniqueIdsNode(context);
        var request =
                new Message<Msg>("c1", "n1", new Body<>(OptionalLong.of(1), OptionalLong.empty(), new Msg.Generate()));

        node.step(new Event.Received<>(request), network);
        node.step(new Event.Received<>(request), network);

        verify(network).reply(request, new Msg.GenerateOk("n1-cafe-1"));
        verify(network).reply(request, new Msg.GenerateOk("n1-cafe-2"));
    }

    @Test
    void nodeThatIsStartedAgainGivesOutOtherIds() {
        var cluster = new VirtualCluster<Msg, Void>(3, Msg.class, 1).start(UniqueIdsNode::new);
        var ids = new HashSet<Msg>();
        for (int life = 0; life < 10; life++) {
            for (var id : cluster.nodeIds()) {
                assertThat(ids.add(cluster.ask(id, new Msg.Generate()))).isTrue();
                assertThat(ids.add(cluster.ask(id, new Msg.Generate()))).isTrue();
                cluster.start(id, UniqueIdsNode::new);
            }
        }
        assertThat(cluster.serverMessages()).isZero();
    }

    @Test
    void noIdOfAClusterIsThereTwice() {
        try (var cluster = StreamCluster.start(3, Msg.class, UniqueIdsNode::new)) {
            var ids = new HashSet<String>();
            for (int i = 0; i < 300; i++) {
                var reply = cluster.call("n" + i % 3, "{\"type\":\"generate\"}");
                assertThat(ids.add(reply.path("id").textValue())).isTrue();
            }
        }
    }
}
