package dev.gyre.core.kv.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.kv.KvMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code lin-kv}: each key is an atomic cell; a request sees all that came before it. */
public final class LinKvService extends KvService {
    private final Map<JsonNode, JsonNode> cells = new LinkedHashMap<>();

    /** A store without keys. It needs nothing of its node; it takes one to be a factory of services by its constructor. */
    public LinKvService(NodeContext<KvMessage, Void> node) {}

    @Override
    Outcome<KvMessage> serve(String src, KvMessage.Request request) {
        var effect = Effect.of(request, Optional.ofNullable(cells.get(request.key())));
        effect.value().ifPresent(value -> cells.put(request.key(), value));
        return effect.answer();
    }
}
