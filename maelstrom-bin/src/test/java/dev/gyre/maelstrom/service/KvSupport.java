package dev.gyre.maelstrom.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.json.Json;

/** Requests to stores, and replies in short: {@code ok}, a value, or {@code error 20}. */
final class KvSupport {
    private final ServiceNode store;

    KvSupport(ServiceNode store) {
        this.store = store;
    }

    String read(String client, String key) {
        return call(client, Json.body("read").put("key", key));
    }

    String write(String client, String key, int value) {
        return call(client, Json.body("write").put("key", key).put("value", value));
    }

    String cas(String client, String key, int from, int to) {
        return call(client, Json.body("cas").put("key", key).put("from", from).put("to", to));
    }

    String casOrCreate(String client, String key, int from, int to) {
        return call(
                client,
                Json.body("cas").put("key", key).put("from", from).put("to", to).put("create_if_not_exists", true));
    }

    private String call(String client, ObjectNode request) {
        var reply = store.handle(client, request);
        String type = reply.path("type").asText();
        return switch (type) {
            case "read_ok" -> reply.path("value").toString();
            case "error" -> "error " + reply.path("code");
            default -> type.equals(request.path("type").asText() + "_ok") ? "ok" : type;
        };
    }
}
