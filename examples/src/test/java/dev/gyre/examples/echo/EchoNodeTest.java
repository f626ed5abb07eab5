package dev.gyre.examples.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.gyre.core.Body;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.examples.echo.EchoNode.Msg;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class EchoNodeTest {
    private final Network<Msg> network = mock();
    private final EchoNode node = new EchoNode();

    private static Message<Msg> fromClient(Msg payload) {
        return new Message<>("c1", "n1", new Body<>(OptionalLong.of(1), OptionalLong.empty(), payload));
    }

    @Test
    void requestIsAnsweredWithItsOwnText() {
        var request = fromClient(new Msg.Echo("hello"));

        node.step(new Event.Received<>(request), network);

        verify(network).reply(request, new Msg.EchoOk("hello"));
        verifyNoMoreInteractions(network);
    }

    @Test
    void nothingElseIsAnswered() {
        node.step(new Event.Received<>(fromClient(new Msg.EchoOk("hello"))), network);
        node.step(new Event.EndOfInput<>(), network);

        verifyNoMoreInteractions(network);
    }

    @Test
    void everyNodeOfAClusterEchoes() {
        try (var cluster = StreamCluster.start(3, Msg.class, (NodeContext<Msg, Void> node) -> new EchoNode())) {
            for (var id : new String[] {"n0", "n1", "n2"}) {
                var reply = cluster.call(id, "{\"type\":\"echo\",\"echo\":\"schöne Grüße 🐌\"}");
                assertThat(reply.path("type").asText()).isEqualTo("echo_ok");
                assertThat(reply.path("echo").asText()).isEqualTo("schöne Grüße 🐌");
            }
        }
    }
}
