package dev.gyre.maelstrom.report;

import dev.gyre.core.checker.Validity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A run as its page shows it.
 *
 * @param title what was run, such as {@code broadcast, 5 nodes}
 * @param validity the verdict
 * @param sentences what the checkers say, a plain sentence each, the most important first
 * @param facts what a reader needs to run it again, in order, such as the command, the seed and the time
 * @param results the figures, as in {@link dev.gyre.core.checker.CheckResult#details}
 * @param logs the files of the nodes' logs, relative to the page, such as {@code node-logs/n0.log}
 */
public record RunView(
        String title,
        Validity validity,
        List<String> sentences,
        SequencedMap<String, String> facts,
        SequencedMap<String, Object> results,
        List<String> logs) {
    /** Keeps copies, in their order. */
    public RunView {
        sentences = List.copyOf(sentences);
        facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
        results = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(results));
        logs = List.copyOf(logs);
    }
}
