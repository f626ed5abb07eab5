package dev.gyre.core.kv;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The protocol of the key-value services (Maelstrom, "Services"). Keys and values are any JSON. */
public sealed interface KvMessage {
    /** What such a service is asked: each request is about one key. */
    sealed interface Request extends KvMessage {
        /** The key that the request is about. */
        JsonNode key();
    }

    /** Asks for the value of a key. */
    record Read(JsonNode key) implements Request {}

    /** The value of a key. */
    record ReadOk(JsonNode value) implements KvMessage {}

    /** Sets the value of a key. */
    record Write(JsonNode key, JsonNode value) implements Request {}

    /** The value was set. */
    record WriteOk() implements KvMessage {}

    /**
     * Sets the value of a key if it is the one expected.
     *
     * @param createIfNotExists whether a key that does not exist yet is given the value too; absent means no
     */
    record Cas(
            JsonNode key,
            JsonNode from,
            JsonNode to,
            @JsonProperty("create_if_not_exists") @Nullable Boolean createIfNotExists)
            implements Request {}

    /** The value was the one expected, and was set. */
    record CasOk() implements KvMessage {}
}
