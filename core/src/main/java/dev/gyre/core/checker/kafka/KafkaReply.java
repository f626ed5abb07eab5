package dev.gyre.core.checker.kafka;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a log answers. */
public sealed interface KafkaReply {
    /**
     * The message was appended.
     *
     * @param offset where
     */
    record Sent(long offset) implements KafkaReply {}

    /**
     * What a poll saw.
     *
     * @param entries messages by key, in the order in which they came
     */
    record Polled(SortedMap<String, List<LogEntry>> entries) implements KafkaReply {
        /** Keeps a copy. */
        public Polled {
            var copy = new TreeMap<String, List<LogEntry>>();
            entries.forEach((key, list) -> copy.put(key, List.copyOf(list)));
            entries = Collections.unmodifiableSortedMap(copy);
        }
    }

    /** An assignment, a subscription or a commit was taken. */
    record Done() implements KafkaReply {}

    /**
     * Committed offsets.
     *
     * @param offsets an offset a key; a key without one is left out
     */
    record Committed(SortedMap<String, Long> offsets) implements KafkaReply {
        /** Keeps a copy. */
        public Committed {
            offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        }
    }

    /**
     * A transaction was done.
     *
     * @param parts the answers to its parts, in their order
     */
    record TransactionDone(List<KafkaReply> parts) implements KafkaReply {
        /** Keeps a copy. */
        public TransactionDone {
            parts = List.copyOf(parts);
        }
    }
}
