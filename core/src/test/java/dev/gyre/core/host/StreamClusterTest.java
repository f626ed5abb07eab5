package dev.gyre.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamClusterTest {
    sealed interface Relay {
        record Pass(int hops) implements Relay {}

        record PassOk(String last) implements Relay {}
    }

    /** Passes a request on to the next node until it has made its hops, then the answer comes back the same way. */
    private static void relay(Event<Relay, Void> event, Network<Relay> network) {
        if (!(event instanceof Event.Received<Relay, Void>(var message))
                || !(message.payload() instanceof Relay.Pass(int hops))) {
            return;
        }
        if (hops == 0) {
            network.reply(message, new Relay.PassOk(network.nodeId()));
            return;
        }
        int self = network.nodeIds().indexOf(network.nodeId());
        var next = network.nodeIds().get((self + 1) % network.nodeIds().size());
        network.rpc(next, new Relay.Pass(hops - 1), Duration.ofSeconds(5))
                .whenDone(outcome -> network.reply(message, outcome.orThrow()));
    }

    @Test
    void requestTravelsThroughAClusterAndBack() {
        try (var cluster = StreamCluster.<Relay, Void>start(3, Relay.class, node -> StreamClusterTest::relay)) {
            assertThat(cluster.call("n0", "{\"type\":\"pass\",\"hops\":7}"))
                    .hasToString("{\"type\":\"pass_ok\",\"in_reply_to\":4,\"last\":\"n1\"}");
            assertThat(cluster.call("n2", "{\"type\":\"what\"}").path("code").asInt())
                    .isEqualTo(10);
        }
    }

    @Test
    void nodeThatCannotStartFailsTheTestWithItsReason() {
        assertThatThrownBy(() -> StreamCluster.<Relay, Void>start(1, Relay.class, node -> {
                    throw new IllegalStateException("no disk");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("n0 did not start")
                .hasMessageContaining("no disk");
    }

    @Test
    void unknownNodeIsNamed() {
        try (var cluster = StreamCluster.<Relay, Void>start(1, Relay.class, node -> StreamClusterTest::relay)) {
            assertThatThrownBy(() -> cluster.call("n7", "{\"type\":\"pass\",\"hops\":0}"))
                    .hasMessage("n7 is none of [n0]");
        }
    }
}
