package dev.gyre.maelstrom.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.RpcError;
import dev.gyre.maelstrom.json.Json;
import java.util.Optional;

/** What a key-value store is asked. Each request is about one key: a function from its value to its next value and a reply. */
sealed interface KvRequest {
    /** The key: any JSON value. */
    JsonNode key();

    /**
     * What the request does to a key.
     *
     * @param current the key's value; nothing when the key does not exist
     * @return the key's next value, which is the same when nothing changes, and the reply
     */
    Effect on(Optional<JsonNode> current);

    /** The outcome of a request. The reply may be an error. */
    record Effect(Optional<JsonNode> value, ObjectNode reply) {}

    record Read(JsonNode key) implements KvRequest {
        @Override
        public Effect on(Optional<JsonNode> current) {
            return new Effect(
                    current,
                    current.<ObjectNode>map(value -> Json.body("read_ok").set("value", value))
                            .orElseGet(KvRequest::missing));
        }
    }

    record Write(JsonNode key, JsonNode value) implements KvRequest {
        @Override
        public Effect on(Optional<JsonNode> current) {
            return new Effect(Optional.of(value), Json.body("write_ok"));
        }
    }

    record Cas(JsonNode key, JsonNode from, JsonNode to, boolean createIfNotExists) implements KvRequest {
        @Override
        public Effect on(Optional<JsonNode> current) {
            if (current.isEmpty() ? createIfNotExists : current.get().equals(from)) {
                return new Effect(Optional.of(to), Json.body("cas_ok"));
            }
            return new Effect(
                    current,
                    current.map(value ->
                                    error(ErrorCode.PRECONDITION_FAILED, "current value " + value + " is not " + from))
                            .orElseGet(KvRequest::missing));
        }
    }

    /**
     * Reads a request's body.
     *
     * @throws RpcError when the type is not known, or a field is missing
     */
    static KvRequest parse(ObjectNode body) {
        String type = body.path("type").asText();
        return switch (type) {
            case "read" -> new Read(field(body, "key"));
            case "write" -> new Write(field(body, "key"), field(body, "value"));
            case "cas" ->
                new Cas(
                        field(body, "key"),
                        field(body, "from"),
                        field(body, "to"),
                        body.path("create_if_not_exists").asBoolean(false));
            default ->
                throw new RpcError(
                        ErrorCode.NOT_SUPPORTED, "a key-value store knows read, write and cas, not \"" + type + "\"");
        };
    }

    private static JsonNode field(ObjectNode body, String name) {
        JsonNode value = body.get(name);
        if (value == null) {
            throw new RpcError(
                    ErrorCode.MALFORMED_REQUEST, body.path("type").asText() + " needs the field \"" + name + "\"");
        }
        return value;
    }

    private static ObjectNode missing() {
        return error(ErrorCode.KEY_DOES_NOT_EXIST, "key does not exist");
    }

    private static ObjectNode error(ErrorCode code, String text) {
        return Json.body("error").put("code", code.value()).put("text", text);
    }
}
