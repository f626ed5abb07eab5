package dev.gyre.core.kv.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.kv.KvMessage;
import java.util.Optional;

/**
 * What a request does to the key that it is about.
 *
 * @param value the key's next value, which is the same when nothing changes; nothing when the key does not exist
 * @param answer what the asker is told
 */
record Effect(Optional<JsonNode> value, Outcome<KvMessage> answer) {
    /** What a request does to a key with this value. */
    static Effect of(KvMessage.Request request, Optional<JsonNode> current) {
        return switch (request) {
            case KvMessage.Read read ->
                current.map(value -> done(value, new KvMessage.ReadOk(value))).orElseGet(Effect::missing);
            case KvMessage.Write(JsonNode key, JsonNode value) -> done(value, new KvMessage.WriteOk());
            case KvMessage.Cas cas -> current.map(value -> replace(value, cas)).orElseGet(() -> create(cas));
        };
    }

    private static Effect replace(JsonNode value, KvMessage.Cas cas) {
        return value.equals(cas.from())
                ? done(cas.to(), new KvMessage.CasOk())
                : new Effect(
                        Optional.of(value),
                        error(ErrorCode.PRECONDITION_FAILED, "current value " + value + " is not " + cas.from()));
    }

    private static Effect create(KvMessage.Cas cas) {
        return Boolean.TRUE.equals(cas.createIfNotExists()) ? done(cas.to(), new KvMessage.CasOk()) : missing();
    }

    private static Effect done(JsonNode value, KvMessage answer) {
        return new Effect(Optional.of(value), new Outcome.Ok<>(answer));
    }

    private static Effect missing() {
        return new Effect(Optional.empty(), error(ErrorCode.KEY_DOES_NOT_EXIST, "key does not exist"));
    }

    private static Outcome<KvMessage> error(ErrorCode code, String text) {
        return Outcome.of(new RpcError(code, text));
    }
}
