package dev.gyre.maelstrom.cli;

import java.util.List;

/** The consistency models that Elle and Maelstrom know. */
final class ConsistencyModels {
    private static final List<String> NAMES = List.of(
            "causal-cerone",
            "consistent-view",
            "conflict-serializable",
            "cursor-stability",
            "forward-consistent-view",
            "monotonic-atomic-view",
            "monotonic-reads",
            "monotonic-snapshot-read",
            "monotonic-view",
            "monotonic-writes",
            "parallel-snapshot-isolation",
            "prefix",
            "read-atomic",
            "read-committed",
            "read-uncommitted",
            "repeatable-read",
            "serializable",
            "session-serializable",
            "snapshot-isolation",
            "strict-serializable",
            "strong-serializable",
            "strong-session-read-committed",
            "strong-session-read-uncommitted",
            "strong-session-serializable",
            "strong-session-snapshot-isolation",
            "strong-snapshot-isolation",
            "update-serializable",
            "view-serializable");

    private ConsistencyModels() {}

    /** Looks at names separated by commas. */
    static void check(String names) {
        for (var model : names.split(",", -1)) {
            if (!NAMES.contains(model.strip())) {
                throw FlagValues.unknown("consistency model", model.strip(), NAMES);
            }
        }
    }
}
