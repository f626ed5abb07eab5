package dev.gyre.maelstrom.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.journal.JournalEntry.Dropped;
import dev.gyre.maelstrom.journal.JournalEntry.Received;
import dev.gyre.maelstrom.journal.JournalEntry.Sent;

/**
 * What a diagram keeps of a journal entry: a bounded text in place of a body of any size.
 *
 * @param reason why the message was dropped; empty unless it was
 */
record DiagramEvent(What what, long atNanos, long messageId, Route route, Words words, String reason) {
    private static final int LABEL_MAX_CHARS = 28;

    /** What happened to the message. */
    enum What {
        SENT,
        RECEIVED,
        DROPPED
    }

    /** From where to where. */
    record Route(String src, String dest) {
        boolean toItself() {
            return src.equals(dest);
        }

        boolean ofClient() {
            return Role.of(src) == Role.CLIENT || Role.of(dest) == Role.CLIENT;
        }
    }

    /**
     * What the message says.
     *
     * @param label the body's type; of an error, its code as well
     * @param body the body as JSON, cut when it is long
     */
    record Words(String label, String body, boolean error) {
        static Words of(JsonNode body) {
            String type = body.path("type").asText("(no type)");
            boolean error = type.equals("error");
            String label = error ? "error " + body.path("code").asText("?") : type;
            return new Words(Text.ellipsis(label, LABEL_MAX_CHARS), Text.cut(body.toString()), error);
        }
    }

    static DiagramEvent of(JournalEntry entry) {
        var route = new Route(entry.src(), entry.dest());
        var words = Words.of(entry.body());
        return switch (entry) {
            case Sent sent -> new DiagramEvent(What.SENT, sent.atNanos(), sent.messageId(), route, words, "");
            case Received received ->
                new DiagramEvent(What.RECEIVED, received.atNanos(), received.messageId(), route, words, "");
            case Dropped dropped ->
                new DiagramEvent(What.DROPPED, dropped.atNanos(), dropped.messageId(), route, words, dropped.reason());
        };
    }
}
