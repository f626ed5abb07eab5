package dev.gyre.maelstrom.journal;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.journal.JournalEntry.Dropped;
import dev.gyre.maelstrom.journal.JournalEntry.Received;
import dev.gyre.maelstrom.journal.JournalEntry.Sent;
import java.io.IOException;

/**
 * An entry as a line of JSON:
 * {@code {"event":"dropped","at_nanos":1500,"message_id":7,"src":"n0","dest":"n1","body":{…},"reason":"partition"}}. It is as deep
 * as the message was on the wire, so that what could be parsed there can be parsed here.
 */
final class JournalFormat {
    /** Limit of a line: far beyond any message that a node should send, and small enough to hold a few in memory. */
    static final int LINE_MAX_BYTES = 64 << 20;

    /** ASCII only: a body may hold halves of surrogate pairs, which JSON can escape and UTF-8 cannot encode. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JournalFormat() {}

    static byte[] encode(JournalEntry entry) throws IOException {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("event", event(entry));
        line.put("at_nanos", entry.atNanos());
        line.put("message_id", entry.messageId());
        line.put("src", entry.src());
        line.put("dest", entry.dest());
        line.set("body", entry.body());
        if (entry instanceof Dropped dropped) {
            line.put("reason", dropped.reason());
        }
        return MAPPER.writeValueAsBytes(line);
    }

    /** Throws an exception whose message says what is wrong with the line. */
    static JournalEntry decode(byte[] bytes) throws IOException {
        JsonNode line = MAPPER.readTree(bytes);
        long atNanos = number(line, "at_nanos");
        long id = number(line, "message_id");
        String src = text(line, "src");
        String dest = text(line, "dest");
        JsonNode body = field(line, "body");
        String event = text(line, "event");
        return switch (event) {
            case "sent" -> new Sent(atNanos, id, src, dest, body);
            case "received" -> new Received(atNanos, id, src, dest, body);
            case "dropped" -> new Dropped(atNanos, id, src, dest, body, text(line, "reason"));
            default ->
                throw new IllegalArgumentException("\"event\" is \"" + event + "\", not sent, received or dropped");
        };
    }

    private static String event(JournalEntry entry) {
        return switch (entry) {
            case Sent sent -> "sent";
            case Received received -> "received";
            case Dropped dropped -> "dropped";
        };
    }

    private static JsonNode field(JsonNode line, String name) {
        JsonNode value = line.get(name);
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value;
    }

    private static long number(JsonNode line, String name) {
        JsonNode value = field(line, name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("\"" + name + "\" is not a whole number of 64 bits");
        }
        return value.longValue();
    }

    private static String text(JsonNode line, String name) {
        JsonNode value = field(line, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" is not a string");
        }
        return value.textValue();
    }
}
