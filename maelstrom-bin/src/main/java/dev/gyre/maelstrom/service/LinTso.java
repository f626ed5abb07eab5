package dev.gyre.maelstrom.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.RpcError;
import dev.gyre.maelstrom.json.Json;

/** {@code lin-tso}: a timestamp oracle; it counts 0, 1, 2, …, and gives each number out once. */
final class LinTso implements ServiceNode {
    private long next;

    @Override
    public ObjectNode handle(String src, ObjectNode request) {
        String type = request.path("type").asText();
        if (!type.equals("ts")) {
            throw new RpcError(ErrorCode.NOT_SUPPORTED, "a timestamp oracle knows ts, not \"" + type + "\"");
        }
        return Json.body("ts_ok").put("ts", next++);
    }
}
