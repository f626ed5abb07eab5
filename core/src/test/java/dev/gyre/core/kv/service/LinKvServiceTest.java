package dev.gyre.core.kv.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.Body;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.core.kv.KvMessage;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LinKvServiceTest {
    private final KvSupport kv = new KvSupport(new LinKvService(mock()));

    @Test
    void readsWhatWasWrittenLast() {
        assertThat(kv.write("n0", "k", 1)).isEqualTo("ok");
        assertThat(kv.write("n1", "k", 2)).isEqualTo("ok");
        assertThat(kv.read("n2", "k")).isEqualTo("2");
    }

    @Test
    void aKeyThatDoesNotExistIsError20() {
        assertThat(kv.read("n0", "k")).isEqualTo("error 20");
        assertThat(kv.cas("n0", "k", 0, 1)).isEqualTo("error 20");
    }

    @Test
    void casChangesOnlyWhatItExpects() {
        kv.write("n0", "k", 1);
        assertThat(kv.cas("n0", "k", 1, 2)).isEqualTo("ok");
        assertThat(kv.cas("n0", "k", 1, 3)).isEqualTo("error 22");
        assertThat(kv.read("n0", "k")).isEqualTo("2");
    }

    @Test
    void casCreatesWhenAskedTo() {
        assertThat(kv.casOrCreate("n0", "k", 0, 5)).isEqualTo("ok");
        assertThat(kv.read("n0", "k")).isEqualTo("5");
        assertThat(kv.casOrCreate("n0", "k", 0, 6)).isEqualTo("error 22");
    }

    @Test
    void keysAndValuesAreAnyJson() {
        try (var cluster = StreamCluster.start(1, KvMessage.class, LinKvService::new)) {
            for (var value : new String[] {"{\"x\":null}", "null", "1.5", "[1,\"a\"]", "9223372036854775808"}) {
                cluster.call("n0", "{\"type\":\"write\",\"key\":{\"a\":1,\"b\":[2]},\"value\":" + value + "}");
                var reply = cluster.call("n0", "{\"type\":\"read\",\"key\":{\"b\":[2],\"a\":1}}");
                assertThat(reply.path("value").toString()).isEqualTo(value);
            }
        }
    }

    @Test
    void numberIsTheSameWhateverJavaTypeItWasMadeFrom() {
        var nodes = JsonNodeFactory.instance;
        Network<KvMessage> network = mock();
        var store = new LinKvService(mock());
        store.step(request(new KvMessage.Write(nodes.numberNode(1L), nodes.numberNode(5L))), network);
        var cas = request(new KvMessage.Cas(nodes.numberNode(1), nodes.numberNode(5), nodes.numberNode(6), null));
        store.step(cas, network);

        verify(network).reply(cas.message(), new KvMessage.CasOk());
    }

    private static Event.Received<KvMessage, Void> request(KvMessage payload) {
        var body = new Body<>(OptionalLong.of(1), OptionalLong.empty(), payload);
        return new Event.Received<>(new Message<>("n1", "lin-kv", body));
    }

    @Test
    void requestsThatMakeNoSenseAreErrors() {
        try (var cluster = StreamCluster.start(1, KvMessage.class, LinKvService::new)) {
            cluster.call("n0", "{\"type\":\"write\",\"key\":1,\"value\":1}");
            assertThat(error(cluster, "{\"type\":\"delete\",\"key\":1}")).startsWith("10 n0 knows no message");
            assertThat(error(cluster, "{\"type\":\"read_ok\",\"value\":1}"))
                    .startsWith("10 a key-value store is asked");
            assertThat(error(cluster, "{\"type\":\"write\",\"key\":1}"))
                    .startsWith("12 ")
                    .contains("value");
            assertThat(error(cluster, "{\"type\":\"cas\",\"key\":1,\"from\":7,\"to\":8}"))
                    .isEqualTo("22 current value 1 is not 7");
        }
    }

    private static String error(StreamCluster cluster, String request) {
        var reply = cluster.call("n0", request);
        return reply.path("code").asInt() + " " + reply.path("text").asText();
    }
}
