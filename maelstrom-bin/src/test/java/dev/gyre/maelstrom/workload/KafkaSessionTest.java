package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.checker.kafka.LogEntry;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.workload.Session.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSessionTest {
    private final KafkaSession session = new KafkaSession();

    private String begin(KafkaRequest request) {
        return asked(session.begin(new KafkaAction(request, false)));
    }

    private String next(String reply) throws Exception {
        return asked(session.next(reply(reply)));
    }

    private KafkaAnswer end(String reply) throws Exception {
        return ((Step.Done<KafkaAnswer>) session.next(reply(reply))).output();
    }

    private static ObjectNode reply(String text) throws Exception {
        return ((ObjectNode) Json.parse(text)).put("in_reply_to", 1);
    }

    private static String asked(Step<KafkaAnswer> step) {
        return ((Step.Ask<KafkaAnswer>) step).body().toString();
    }

    private void assign(String committed, String... keys) throws Exception {
        begin(new KafkaRequest.Assign(List.of(keys), false));
        end("{\"type\":\"list_committed_offsets_ok\",\"offsets\":" + committed + "}");
    }

    @Test
    void aSendIsToldItsOffset() throws Exception {
        var send = new KafkaRequest.Send("7", 12);

        assertThat(begin(send)).isEqualTo("{\"type\":\"send\",\"key\":\"7\",\"msg\":12}");
        assertThat(end("{\"type\":\"send_ok\",\"offset\":1000}"))
                .isEqualTo(new KafkaAnswer(send, new KafkaReply.Sent(1000)));
    }

    @Test
    void anAssignmentBeginsAfterWhatIsCommittedOrAtZero() throws Exception {
        assertThat(begin(new KafkaRequest.Assign(List.of("1", "2"), false)))
                .isEqualTo("{\"type\":\"list_committed_offsets\",\"keys\":[\"1\",\"2\"]}");
        end("{\"type\":\"list_committed_offsets_ok\",\"offsets\":{\"2\":41}}");

        assertThat(begin(new KafkaRequest.Poll())).isEqualTo("{\"type\":\"poll\",\"offsets\":{\"1\":0,\"2\":42}}");
    }

    @Test
    void aPollCommitsTheHighestOffsetsAndMovesBehindThem() throws Exception {
        assign("{}", "1", "2", "3");
        begin(new KafkaRequest.Poll());

        assertThat(next("{\"type\":\"poll_ok\",\"msgs\":{\"1\":[[4,9],[6,8]],\"2\":[[0,1]],\"3\":[]}}"))
                .isEqualTo("{\"type\":\"commit_offsets\",\"offsets\":{\"1\":6,\"2\":0}}");
        var answer = end("{\"type\":\"commit_offsets_ok\"}");
        var entries = new TreeMap<String, List<LogEntry>>();
        entries.put("1", List.of(new LogEntry(4, 9), new LogEntry(6, 8)));
        entries.put("2", List.of(new LogEntry(0, 1)));
        assertThat(answer.reply()).isEqualTo(new KafkaReply.Polled(entries));
        // The checker is told from where.
        assertThat(((KafkaRequest.Poll) answer.asked()).offsets())
                .containsOnlyKeys("1", "2", "3")
                .containsValue(0L);
        assertThat(begin(new KafkaRequest.Poll()))
                .isEqualTo("{\"type\":\"poll\",\"offsets\":{\"1\":7,\"2\":1,\"3\":0}}");
    }

    @Test
    void aPollThatShowsNothingCommitsNothing() throws Exception {
        assign("{}", "1");
        begin(new KafkaRequest.Poll());

        assertThat(end("{\"type\":\"poll_ok\",\"msgs\":{}}").reply()).isEqualTo(new KafkaReply.Polled(new TreeMap<>()));
    }

    @Test
    void aPollWhoseCommitFailedMovesNothing() throws Exception {
        assign("{}", "1");
        begin(new KafkaRequest.Poll());
        next("{\"type\":\"poll_ok\",\"msgs\":{\"1\":[[4,9]]}}");
        // An error reply never comes here: the next operation begins.

        assertThat(begin(new KafkaRequest.Poll())).isEqualTo("{\"type\":\"poll\",\"offsets\":{\"1\":0}}");
    }

    @Test
    void anotherAssignmentKeepsThePlacesOfKeysThatStayAndForgetsTheOthers() throws Exception {
        assign("{\"1\":10,\"2\":20}", "1", "2");
        assign("{\"1\":99}", "1", "3");
        assertThat(begin(new KafkaRequest.Poll())).isEqualTo("{\"type\":\"poll\",\"offsets\":{\"1\":11,\"3\":0}}");
        end("{\"type\":\"poll_ok\",\"msgs\":{}}");
        assign("{}", "2");
        assertThat(begin(new KafkaRequest.Poll())).isEqualTo("{\"type\":\"poll\",\"offsets\":{\"2\":0}}");
    }

    @Test
    void aPollThatNamesOffsetsMovesThere() throws Exception {
        assign("{\"1\":10}", "1");
        var from = new TreeMap<>(Map.of("5", 0L));
        assertThat(begin(new KafkaRequest.Poll(from))).isEqualTo("{\"type\":\"poll\",\"offsets\":{\"5\":0}}");
        next("{\"type\":\"poll_ok\",\"msgs\":{\"5\":[[" + Long.MAX_VALUE + ",9]]}}");
        end("{\"type\":\"commit_offsets_ok\"}");

        assertThat(begin(new KafkaRequest.Poll()))
                .isEqualTo("{\"type\":\"poll\",\"offsets\":{\"5\":" + Long.MAX_VALUE + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"7":[[0,1]]}     | key "7", which the poll did not name
            {"1":[0,1]}       | is not an object with an array
            {"1":[[0,1,2]]}   | is not an object with an array
            {"1":[[0,"x"]]}   | is not an object with an array
            {"1":{"0":1}}     | is not an object with an array
            []                | is not an object with an array
            """)
    void messagesOfAnotherShapeAreMalformed(String messages, String problem) throws Exception {
        assign("{}", "1");
        begin(new KafkaRequest.Poll());

        assertThatThrownBy(() -> next("{\"type\":\"poll_ok\",\"msgs\":" + messages + "}"))
                .isInstanceOf(MalformedReply.class)
                .hasMessageContaining(problem);
    }
}
