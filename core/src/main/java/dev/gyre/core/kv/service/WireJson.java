package dev.gyre.core.kv.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.gyre.core.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as it comes off a wire. Within one process a number keeps the Java type that it was made from, and Jackson takes the
 * same number of two types for different ones: a store that compared those would answer otherwise than a store over a wire.
 */
final class WireJson {
    private WireJson() {}

    /** The value as it would be read back from a line. */
    static JsonNode of(JsonNode value) {
        if (value.isInt() || value.isTextual() || value.isBoolean() || value.isNull()) {
            return value;
        }
        if (value.isLong()) {
            return value.canConvertToInt() ? IntNode.valueOf(value.intValue()) : value;
        }
        try {
            return Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
