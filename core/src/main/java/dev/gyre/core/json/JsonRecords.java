package dev.gyre.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.codec.Json;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadType;
import dev.gyre.core.codec.PayloadTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of a sealed interface as JSON objects: what they would be in a message's body, with the name of the type under {@code type}.
 * Only what the interface permits is ever made of JSON. For any thread.
 *
 * @param <R> the sealed interface, or a single record
 */
public final class JsonRecords<R> {
    private static final byte[] PREFIX = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);

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
        try {
            return Json.MAPPER.writeValueAsBytes(toTree(value));
        } catch (JsonProcessingException e) {
            throw unwritable(value, e);
        }
    }

    /**
     * A record as a tree of JSON, for a part of something larger.
     *
     * @throws IllegalArgumentException when it is none of these, or cannot be written
     */
    public ObjectNode toTree(R value) {
        try {
            var tree = Json.MAPPER
                    .createObjectNode()
                    .put(PayloadType.FIELD, types.of(value).name());
            return tree.setAll((ObjectNode) Json.MAPPER.valueToTree(value));
        } catch (ClassCastException e) {
            throw unwritable(value, e);
        }
    }

    private IllegalArgumentException unwritable(R value, Exception why) {
        return new IllegalArgumentException(
                "a \"" + types.of(value).name() + "\" cannot be written: " + why.getMessage(), why);
    }

    /**
     * The record that was encoded.
     *
     * @throws IllegalArgumentException when it is not JSON, names another type, or does not fit the record
     */
    public R decode(byte[] json) {
        return decode(json, 0, json.length);
    }

    /**
     * The record that a part of some bytes is.
     *
     * @throws IllegalArgumentException when it is not JSON, names another type, or does not fit the record
     */
    public R decode(byte[] json, int from, int length) {
        try {
            return types.read(typeOf(json, from, length), json, from, length);
        } catch (IOException | MalformedPayload e) {
            throw unreadable(e);
        }
    }

    /** The name of the type: it comes first in what is encoded here, so a record is read once. */
    private static String typeOf(byte[] json, int from, int length) throws IOException {
        var plain = plainTypeOf(json, from, length);
        if (plain != null) {
            return plain;
        }
        try (var parser = Json.MAPPER.createParser(json, from, length)) {
            if (parser.nextToken() == JsonToken.START_OBJECT
                    && PayloadType.FIELD.equals(parser.nextFieldName())
                    && parser.nextToken() == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
        }
        return Json.MAPPER.readTree(json, from, length).path(PayloadType.FIELD).asText();
    }

    /** The name, if it stands there as {@link #encode} puts it, in ordinary letters; else null, and Jackson says what is there. */
    private static @Nullable String plainTypeOf(byte[] json, int from, int length) {
        int to = from + length;
        int start = from + PREFIX.length;
        if (start > to || !Arrays.equals(json, from, start, PREFIX, 0, PREFIX.length)) {
            return null;
        }
        for (int i = start; i < to; i++) {
            if (json[i] == '"') {
                return new String(json, start, i - start, StandardCharsets.US_ASCII);
            }
            if (json[i] < ' ' || json[i] == '\\') {
                return null;
            }
        }
        return null;
    }

    private IllegalArgumentException unreadable(Exception why) {
        return new IllegalArgumentException(
                "no record of " + types.protocol().getName() + ": " + why.getMessage(), why);
    }
}
