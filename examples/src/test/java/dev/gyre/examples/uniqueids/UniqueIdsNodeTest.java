package dev.gyre.examples.uniqueids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.gyre.core.Body;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.examples.uniqueids.UniqueIdsNode.Msg;
import java.time.Duration;
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
        verifyNoMoreInteractions(network);
    }

    @Test
    void noIdIsThereTwiceUnderEveryFaultAlsoWhenNodesAreStartedAgain() {
        Simulation.of(Msg.class, UniqueIdsNode::new).sweep(1, 50, run -> {
            var client = run.client();
            var ids = new HashSet<Msg>();
            run.every(
                    Duration.ofMillis(20),
                    () -> client.call(run.anyNode(), new Msg.Generate(), Duration.ofSeconds(1))
                            .whenDone(outcome -> {
                                if (outcome instanceof Outcome.Ok<Msg>(var id)) {
                                    assertThat(ids.add(id)).as("%s is new", id).isTrue();
                                }
                            }));
            run.check(() -> assertThat(ids).hasSizeGreaterThan(500));
        });
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
