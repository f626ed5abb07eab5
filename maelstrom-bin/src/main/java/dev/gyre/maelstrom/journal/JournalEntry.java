package dev.gyre.maelstrom.journal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that happened to a message on the network. A message is sent once; after that it is received, dropped, or, when
 * the run ends first, neither. A network that duplicates delivers the same message id more than once.
 */
public sealed interface JournalEntry {
    /** When it happened, in nanoseconds since the run began, at least 0. */
    long atNanos();

    /** The number that the network gave the message: unique in a run, and the same in all entries of the message. */
    long messageId();

    /** The node or client that sent the message. */
    String src();

    /** The node or client that the message is addressed to. */
    String dest();

    /** What it says: Maelstrom's {@code body}, with its {@code type}. Not to be changed by anyone. */
    JsonNode body();

    /** The network took the message from its sender. */
    record Sent(long atNanos, long messageId, String src, String dest, JsonNode body) implements JournalEntry {
        /** Rejects a time before the run began. */
        public Sent {
            checkTime(atNanos, messageId);
        }
    }

    /** The receiver got the message. */
    record Received(long atNanos, long messageId, String src, String dest, JsonNode body) implements JournalEntry {
        /** Rejects a time before the run began. */
        public Received {
            checkTime(atNanos, messageId);
        }
    }

    /**
     * The network lost the message (or one copy of it).
     *
     * @param reason why, in a word or two for people, such as {@code partition}, {@code loss} or {@code n3 is down}
     */
    record Dropped(long atNanos, long messageId, String src, String dest, JsonNode body, String reason)
            implements JournalEntry {
        /** Rejects a time before the run began. */
        public Dropped {
            checkTime(atNanos, messageId);
        }
    }

    private static void checkTime(long atNanos, long messageId) {
        if (atNanos < 0) {
            throw new IllegalArgumentException("the journal entry of message " + messageId + " is at " + atNanos
                    + " ns, before the run began; pass nanoseconds since then");
        }
    }
}
