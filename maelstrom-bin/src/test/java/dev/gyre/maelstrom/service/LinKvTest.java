package dev.gyre.maelstrom.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.RpcError;
import dev.gyre.maelstrom.json.Json;
import org.junit.jupiter.api.Test;

class LinKvTest {
    private final LinKv store = new LinKv();
    private final KvSupport kv = new KvSupport(store);

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
    void keysAndValuesAreAnyJson() throws Exception {
        handle("{\"type\":\"write\",\"key\":{\"a\":1,\"b\":[2]},\"value\":{\"x\":null}}");

        assertThat(handle("{\"type\":\"read\",\"key\":{\"b\":[2],\"a\":1}}").path("value"))
                .isEqualTo(Json.parse("{\"x\":null}"));
    }

    @Test
    void theErrorOfAFailedCasNamesBothValues() {
        kv.write("n0", "k", 1);
        var reply = store.handle(
                "n0", Json.body("cas").put("key", "k").put("from", 7).put("to", 8));

        assertThat(reply.path("text").asText()).contains("1").contains("7");
    }

    @Test
    void unknownRequestsAndMissingFieldsAreErrors() {
        assertThatThrownBy(() -> handle("{\"type\":\"delete\",\"key\":1}"))
                .isInstanceOfSatisfying(
                        RpcError.class, e -> assertThat(e.code().value()).isEqualTo(10));
        assertThatThrownBy(() -> handle("{\"type\":\"write\",\"key\":1}"))
                .hasMessageContaining("value")
                .isInstanceOfSatisfying(
                        RpcError.class, e -> assertThat(e.code().value()).isEqualTo(12));
    }

    private ObjectNode handle(String request) throws Exception {
        return store.handle("n0", (ObjectNode) Json.parse(request));
    }
}
