package dev.gyre.core.checker.kafka;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a client of a log asks for. */
public sealed interface KafkaRequest {
    /**
     * Appends a message to the log of a key; answered by {@link KafkaReply.Sent}.
     *
     * @param key the log
     * @param message the message; a history sends it to this key once
     */
    record Send(String key, long message) implements KafkaRequest {}

    /**
     * Asks for the next messages; answered by {@link KafkaReply.Polled}.
     *
     * @param offsets where to begin in each log; one that is not named goes on where the process last stopped
     */
    record Poll(SortedMap<String, Long> offsets) implements KafkaRequest {
        /** Keeps a copy. */
        public Poll {
            offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        }

        /** Asks for what comes next, wherever that is. */
        public Poll() {
            this(Collections.emptySortedMap());
        }
    }

    /**
     * Says which logs the process polls from now on; answered by {@link KafkaReply.Done}. In logs that it polled before,
     * it goes on; in others it may begin anywhere.
     *
     * @param keys the logs
     * @param seekToBeginning whether it may begin anywhere in all of them
     */
    record Assign(List<String> keys, boolean seekToBeginning) implements KafkaRequest {
        /** Keeps a copy. */
        public Assign {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Has the system choose which logs the process polls, and change its mind at any time; answered by
     * {@link KafkaReply.Done}. Where a history has one, polls may skip and go back between operations.
     *
     * @param keys the logs to choose from
     */
    record Subscribe(List<String> keys) implements KafkaRequest {
        /** Keeps a copy. */
        public Subscribe {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Says that messages up to and with these offsets were processed; answered by {@link KafkaReply.Done}. Not judged:
     * what was committed shows in where polls begin.
     *
     * @param offsets an offset a key
     */
    record Commit(SortedMap<String, Long> offsets) implements KafkaRequest {
        /** Keeps a copy. */
        public Commit {
            offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        }
    }

    /**
     * Asks for committed offsets; answered by {@link KafkaReply.Committed}. Not judged.
     *
     * @param keys the logs
     */
    record ListCommitted(List<String> keys) implements KafkaRequest {
        /** Keeps a copy. */
        public ListCommitted {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Several sends and polls as one; answered by {@link KafkaReply.TransactionDone}.
     *
     * @param parts the sends and polls
     */
    record Transaction(List<KafkaRequest> parts) implements KafkaRequest {
        /** Keeps a copy. */
        public Transaction {
            parts = List.copyOf(parts);
        }
    }
}
