package dev.gyre.examples.raftkafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.examples.raftkafka.RaftKafkaNode.Logs;
import dev.gyre.examples.raftkafka.RaftKafkaNode.Msg;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LogsTest {
    private final Logs logs = new Logs(new TreeMap<>(), new TreeMap<>());

    private Map<String, List<Msg.Entry>> poll(Map<String, Long> offsets) {
        return ((Msg.PollOk) logs.serve(new Msg.Poll(new TreeMap<>(offsets)))).msgs();
    }

    private Map<String, Long> committed(String... keys) {
        return ((Msg.ListCommittedOffsetsOk) logs.serve(new Msg.ListCommittedOffsets(List.of(keys)))).offsets();
    }

    @Test
    void offsetIsThePositionInTheLogOfTheKey() {
        assertThat(logs.serve(new Msg.Send("a", 10))).isEqualTo(new Msg.SendOk(0));
        assertThat(logs.serve(new Msg.Send("b", 20))).isEqualTo(new Msg.SendOk(0));
        assertThat(logs.serve(new Msg.Send("a", 11))).isEqualTo(new Msg.SendOk(1));
        assertThat(poll(Map.of("a", 0L, "b", 1L, "c", 0L)))
                .isEqualTo(Map.of(
                        "a", List.of(new Msg.Entry(0, 10), new Msg.Entry(1, 11)), "b", List.of(), "c", List.of()));
        assertThat(poll(Map.of("a", 1L))).isEqualTo(Map.of("a", List.of(new Msg.Entry(1, 11))));
        assertThat(poll(Map.of("a", -1L)).get("a")).hasSize(2);
    }

    @Test
    void answersAreBoundedAndKeysHaveEqualShares() {
        for (int i = 0; i < Logs.POLL_MAX + 1; i++) {
            logs.serve(new Msg.Send("a", i));
            logs.serve(new Msg.Send("b", i));
        }
        assertThat(poll(Map.of("a", 0L)).get("a")).hasSize(Logs.POLL_MAX);
        assertThat(poll(Map.of("a", 1L)).get("a")).endsWith(new Msg.Entry(Logs.POLL_MAX, Logs.POLL_MAX));
        assertThat(poll(Map.of("a", 0L, "b", 5L)).values())
                .allSatisfy(entries -> assertThat(entries).hasSize(Logs.POLL_MAX / 2));
    }

    @Test
    void commitThatComesLateTakesNothingBack() {
        assertThat(committed("a")).isEmpty();
        logs.serve(new Msg.CommitOffsets(new TreeMap<>(Map.of("a", 5L, "b", 0L))));
        logs.serve(new Msg.CommitOffsets(new TreeMap<>(Map.of("a", 3L, "b", 1L))));
        assertThat(committed("a", "b", "c")).isEqualTo(Map.of("a", 5L, "b", 1L));
        assertThat(committed("b")).isEqualTo(Map.of("b", 1L));
    }

    @Test
    void nodeRefusesWhatIsNoRequestAndServesOn() {
        try (var cluster = StreamCluster.start(1, Msg.class, RaftKafkaNode::new)) {
            assertThat(code(cluster, "'type':'commit_offsets','offsets':{'a':null}"))
                    .isEqualTo(12);
            assertThat(code(cluster, "'type':'send','key':'a','msg':null")).isEqualTo(12);
            assertThat(code(cluster, "'type':'send_ok','offset':1")).isEqualTo(10);
            assertThat(call(cluster, "'type':'send','key':'a','msg':7").path("offset"))
                    .hasToString("0");
        }
    }

    private static int code(StreamCluster cluster, String request) {
        return call(cluster, request).path("code").asInt();
    }

    private static JsonNode call(StreamCluster cluster, String request) {
        return cluster.call("n0", "{" + request.replace('\'', '"') + "}");
    }
}
