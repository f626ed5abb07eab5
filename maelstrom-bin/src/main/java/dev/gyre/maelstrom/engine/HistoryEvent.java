package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.json.Json;
import java.util.Optional;

/**
 * A line of the history, in Jepsen's terms.
 *
 * @param atNanos when, in nanoseconds since the run began
 * @param type how it stands
 * @param process the logical process, or {@code nemesis}
 * @param function the kind of operation, such as {@code read} or {@code start-partition}
 * @param value what was asked, or what was answered
 * @param error why it failed or is unknown
 * @param details what the workload needs to read the operation back, beside the value
 */
public record HistoryEvent(
        long atNanos,
        Type type,
        String process,
        String function,
        JsonNode value,
        Optional<String> error,
        ObjectNode details) {
    /** An event without details. */
    public HistoryEvent(
            long atNanos, Type type, String process, String function, JsonNode value, Optional<String> error) {
        this(atNanos, type, process, function, value, error, Json.object());
    }

    /** The process of events that are steps of faults. */
    public static final String NEMESIS = "nemesis";

    /** The function of events that say that a client broke down between two operations. */
    public static final String CRASH = "crash";

    /** How an operation stands. */
    public enum Type {
        /** It begins. */
        INVOKE,
        /** It was served. */
        OK,
        /** It surely did not happen. */
        FAIL,
        /** Nobody knows, or it is a fault's step. */
        INFO
    }
}
