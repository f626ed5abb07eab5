package dev.gyre.core.checker.kafka;

/**
 * What can be wrong with a log, the plainest first: of several, the first makes the best headline. Names are those of
 * Jepsen's Kafka workload, which Maelstrom uses; the first two are ours.
 */
public enum KafkaAnomaly {
    /** A reply of the wrong kind. */
    UNEXPECTED_REPLY("unexpected-reply"),
    /** A polled message that nobody sent to that key. */
    UNSENT_MESSAGE("unsent-message"),
    /** A polled message whose send failed. */
    G1A("G1a"),
    /** An offset with several messages. */
    INCONSISTENT_OFFSETS("inconsistent-offsets"),
    /** A message at several offsets. */
    DUPLICATE("duplicate"),
    /** An acknowledged message that no poll shows, though one shows a later message of that key. */
    LOST_WRITE("lost-write"),
    /** Messages of one poll, or of one transaction, that go back or stay in place. */
    INT_NONMONOTONIC_POLL("int-nonmonotonic-poll"),
    /** Messages of one poll, or of one transaction, that leave out one in between. */
    INT_POLL_SKIP("int-poll-skip"),
    /** A poll that begins at or before the place where its process stopped, or before the offset asked for. */
    NONMONOTONIC_POLL("nonmonotonic-poll"),
    /** A poll that leaves out messages between the place where its process stopped, or asked to begin, and its first. */
    POLL_SKIP("poll-skip"),
    /** Sends of one transaction whose offsets go back. */
    INT_NONMONOTONIC_SEND("int-nonmonotonic-send"),
    /** Sends of one process whose offsets go back. */
    NONMONOTONIC_SEND("nonmonotonic-send"),
    /** A transaction that polls what it sends itself. */
    PRECOMMITTED_READ("precommitted-read"),
    /** Operations that each polled what the next one sent, in a circle. */
    G1C("G1c"),
    /** {@link #G1C} with the order of a process: a poll of what its process sends only later. */
    G1C_PROCESS("G1c-process"),
    /** {@link #G1C} with real time: a poll of what is sent only later. */
    G1C_REALTIME("G1c-realtime"),
    /** Acknowledged messages that no poll ever showed. */
    UNSEEN("unseen"),
    /** Sends of one transaction with others' in between. */
    INT_SEND_SKIP("int-send-skip"),
    /** Transactions whose sends come before each other's. */
    G0("G0"),
    /** {@link #G0} with the order of a process. */
    G0_PROCESS("G0-process"),
    /** {@link #G0} with real time. */
    G0_REALTIME("G0-realtime");

    private final String label;

    KafkaAnomaly(String label) {
        this.label = label;
    }

    /** The name by which results know it, such as {@code lost-write}. */
    public String label() {
        return label;
    }
}
