package dev.gyre.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.codec.Json;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadTypes;
import java.io.IOException;

/**
 * The records of a sealed interface as JSON objects: what they would be in a message's body, with the name of the type under {@code type}.
 * Only what the interface permits is ever made of JSON. For any thread.
 *
 * @param <R> the sealed interface, or a single record
 */
public final class JsonRecords<R> {
    private static final String TYPE = "type";

    private final PayloadTypes<R> types;

    private JsonRecords(PayloadTypes<R> types) {
        this.types = types;
    }

    /**
     * The records of a sealed interface.
     *
     * @throws IllegalArgumentException when it has others than records, or two with the same name
     */
    public static <R> JsonRecords<R> of(Class<R> records) {
        return new JsonRecords<>(PayloadTypes.of(records));
    }

    /**
     * A record as JSON in UTF-8.
     *
     * @throws IllegalArgumentException when it is none of these, or cannot be written
     */
    public byte[] encode(R value) {
        var type = types.of(value);
        try {
            var tree = Json.MAPPER.createObjectNode().put(TYPE, type.name());
            tree.setAll((ObjectNode) Json.MAPPER.valueToTree(value));
            return Json.MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IllegalArgumentException("a \"" + type.name() + "\" cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * The record that was encoded.
     *
     * @throws IllegalArgumentException when it is not JSON, names another type, or does not fit the record
     */
    public R decode(byte[] json) {
        try {
            JsonNode tree = Json.MAPPER.readTree(json);
            return types.convert(tree.path(TYPE).asText(), tree);
        } catch (IOException | MalformedPayload e) {
            throw new IllegalArgumentException(
                    "no record of " + types.protocol().getName() + ": " + e.getMessage(), e);
        }
    }
}
