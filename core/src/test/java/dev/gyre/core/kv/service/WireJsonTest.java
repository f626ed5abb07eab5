package dev.gyre.core.kv.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.codec.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WireJsonTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static List<JsonNode> values() {
        return List.of(
                NODES.numberNode(1),
                NODES.numberNode(1L),
                NODES.numberNode((short) 1),
                NODES.numberNode(Long.MIN_VALUE),
                NODES.numberNode(0.5f),
                NODES.textNode("a"),
                NODES.booleanNode(true),
                NODES.nullNode(),
                Json.MAPPER.valueToTree(Map.of("a", List.of(1L, 2L))),
                NODES.pojoNode(List.of(3L)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueMadeInAProcessEqualsTheSameReadFromALine(JsonNode value) throws Exception {
        assertThat(WireJson.of(value)).isEqualTo(Json.MAPPER.readTree(value.toString()));
    }
}
