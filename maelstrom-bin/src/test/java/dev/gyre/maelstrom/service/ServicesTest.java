package dev.gyre.maelstrom.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.net.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private final Timeline timeline = new Timeline();
    private final List<String> replies = new ArrayList<>();
    private final Network network =
            new Network(timeline, new Latency(Latency.Distribution.CONSTANT, 0), new SplittableRandom(1), entry -> {});

    @BeforeEach
    void attach() {
        Services.attach(network, new RandomStreams(1));
        network.attach("n0", message -> replies.add(message.src() + " " + message.body()));
    }

    @Test
    void allFourAnswerWithInReplyToAndNoMessageId() throws Exception {
        for (var store : List.of("lin-kv", "seq-kv", "lww-kv")) {
            send(store, "{\"type\":\"write\",\"msg_id\":3,\"key\":1,\"value\":2}");
        }
        send("lin-tso", "{\"type\":\"ts\",\"msg_id\":4}");

        assertThat(replies)
                .containsExactly(
                        "lin-kv {\"type\":\"write_ok\",\"in_reply_to\":3}",
                        "seq-kv {\"type\":\"write_ok\",\"in_reply_to\":3}",
                        "lww-kv {\"type\":\"write_ok\",\"in_reply_to\":3}",
                        "lin-tso {\"type\":\"ts_ok\",\"ts\":0,\"in_reply_to\":4}");
    }

    @Test
    void timestampsCountUpFromZero() throws Exception {
        for (int i = 0; i < 3; i++) {
            send("lin-tso", "{\"type\":\"ts\",\"msg_id\":1}");
        }
        assertThat(replies)
                .extracting(it -> it.replaceAll(".*\"ts\":(\\d+).*", "$1"))
                .containsExactly("0", "1", "2");
    }

    @Test
    void aBadRequestIsAnsweredWithAnError() throws Exception {
        send("lin-tso", "{\"type\":\"read\",\"msg_id\":1}");
        send("lin-kv", "{\"type\":\"read\",\"msg_id\":2}");

        assertThat(replies.getFirst()).contains("\"code\":10").contains("\"in_reply_to\":1");
        assertThat(replies.getLast()).contains("\"code\":12").contains("\"in_reply_to\":2");
    }

    @Test
    void repliesToAServiceAreNotAnswered() throws Exception {
        send("lin-kv", "{\"type\":\"error\",\"code\":13,\"in_reply_to\":1}");

        assertThat(replies).isEmpty();
    }

    private void send(String service, String body) throws Exception {
        network.send("n0", service, (ObjectNode) Json.parse(body));
        timeline.advanceTo(0);
    }
}
