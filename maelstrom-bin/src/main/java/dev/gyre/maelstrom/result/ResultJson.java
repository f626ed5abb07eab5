package dev.gyre.maelstrom.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Results as JSON, with the same keys as the text. */
public final class ResultJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ResultJson() {}

    /** A result map, or any value in one. */
    public static JsonNode of(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var object = NODES.objectNode();
                map.forEach((key, element) -> object.set(String.valueOf(key), of(element)));
                yield object;
            }
            case List<?> list -> {
                var array = NODES.arrayNode();
                list.forEach(element -> array.add(of(element)));
                yield array;
            }
            case String text -> NODES.textNode(text);
            case Boolean bool -> NODES.booleanNode(bool);
            case Integer number -> NODES.numberNode((int) number);
            case Long number -> NODES.numberNode((long) number);
            case Float number -> NODES.numberNode((float) number);
            case Double number -> NODES.numberNode((double) number);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    /** A result map that was written as JSON. */
    public static SequencedMap<String, Object> read(ObjectNode json) {
        var map = new LinkedHashMap<String, Object>();
        json.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        return map;
    }

    private static Object value(JsonNode json) {
        if (json instanceof ObjectNode object) {
            return read(object);
        }
        if (json.isArray()) {
            var list = new ArrayList<Object>();
            json.forEach(element -> list.add(value(element)));
            return list;
        }
        return json.isNumber() ? json.numberValue() : json.isBoolean() ? json.booleanValue() : json.asText();
    }
}
