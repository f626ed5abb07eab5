package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.NodeEvent.BadLine;
import dev.gyre.maelstrom.engine.NodeEvent.Line;
import dev.gyre.maelstrom.engine.NodeEvent.Sent;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;

/** Reads what nodes write: a JSON object a line, with {@code src}, {@code dest}, {@code body}, and perhaps {@code id}. Pure. */
public final class LineDecoder {
    private static final List<String> KEYS = List.of("src", "dest", "body", "id");

    private LineDecoder() {}

    /** A line as a message, or what is wrong with it. */
    public static NodeEvent decode(String node, Line line) {
        JsonNode value;
        try {
            value = Json.parse(line.text());
        } catch (JsonProcessingException e) {
            return new BadLine(node, line, "is not JSON");
        }
        if (value.isMissingNode()) {
            return new BadLine(node, line, "is empty");
        }
        if (!(value instanceof ObjectNode message)) {
            return new BadLine(node, line, "is not a JSON object");
        }
        if (!message.path("src").isTextual() || !message.path("dest").isTextual()) {
            return new BadLine(node, line, "lacks \"src\" or \"dest\"; both are strings");
        }
        if (!(message.get("body") instanceof ObjectNode body)) {
            return new BadLine(node, line, "lacks \"body\"; it is an object");
        }
        return problem(message, body)
                .<NodeEvent>map(problem -> new BadLine(node, line, problem))
                .orElseGet(() -> {
                    var src = message.path("src").textValue();
                    return new Sent(
                            node,
                            Optional.of(line),
                            Letter.ofBody(src, message.path("dest").textValue(), body));
                });
    }

    private static Optional<String> problem(ObjectNode message, ObjectNode body) {
        for (var field : message.properties()) {
            if (!KEYS.contains(field.getKey())) {
                return Optional.of("has \"" + field.getKey() + "\" beside \"src\", \"dest\" and \"body\"");
            }
        }
        if (!body.path("type").isTextual()) {
            return Optional.of("has a body without \"type\"; it is a string");
        }
        for (var name : new String[] {"msg_id", "in_reply_to"}) {
            if (body.has(name) && !body.path(name).isIntegralNumber()) {
                return Optional.of("has a body with \"" + name + "\" that is not an integer");
            }
        }
        return Optional.empty();
    }
}
