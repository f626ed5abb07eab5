package dev.gyre.maelstrom.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code lin-kv}: each key is an atomic cell; a request sees all that came before it. */
final class LinKv implements ServiceNode {
    private final Map<JsonNode, JsonNode> cells = new LinkedHashMap<>();

    @Override
    public ObjectNode handle(String src, ObjectNode body) {
        var request = KvRequest.parse(body);
        var effect = request.on(Optional.ofNullable(cells.get(request.key())));
        effect.value().ifPresent(value -> cells.put(request.key(), value));
        return effect.reply();
    }
}
