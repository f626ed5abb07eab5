package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Checks each key of a store on its own: independent objects are linearizable together exactly when each one is (Herlihy
 * and Wing, "locality"), and many short searches cost far less than a long one.
 */
public final class PerKey {
    /** Keys whose results are kept in the details; a broken store breaks all its keys alike. */
    private static final int RESULTS_MAX = 32;

    private PerKey() {}

    /**
     * Judges the history of each key, one after another, in order of first appearance.
     *
     * @param history the operations, in order of invocation
     * @param checker judges the operations of one key, which keep their indexes
     * @return the worst of the verdicts, with the sentence of the first key that has it, and {@code key-count},
     *     {@code failures} (the invalid keys), {@code unknown} (the keys that could not be judged) and {@code results}
     *     (the details of at most 32 of those)
     */
    public static <K, I, O> CheckResult check(
            List<Operation<Keyed<K, I>, O>> history, Function<List<Operation<I, O>>, CheckResult> checker) {
        var histories = new LinkedHashMap<K, List<Operation<I, O>>>();
        for (var operation : history) {
            histories
                    .computeIfAbsent(operation.input().key(), first -> new ArrayList<>())
                    .add(withoutKey(operation));
        }
        var worst = Validity.VALID;
        String sentence = Phrases.count(histories.size(), "key", "keys") + " checked with "
                + Phrases.count(history.size(), "operation", "operations") + ": each is valid.";
        var failures = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        var results = new LinkedHashMap<String, Object>();
        for (var entry : histories.entrySet()) {
            var result = checker.apply(entry.getValue());
            if (result.validity() == Validity.VALID) {
                continue;
            }
            String key = String.valueOf(entry.getKey());
            (result.validity() == Validity.INVALID ? failures : unknown).add(key);
            if (worst.compareTo(result.validity()) < 0) {
                worst = result.validity();
                sentence = "Key " + key + ": " + result.sentence();
            }
            if (results.size() < RESULTS_MAX) {
                results.put(key, result.details());
            }
        }
        var details = new LinkedHashMap<String, Object>();
        details.put("key-count", histories.size());
        details.put("failures", failures);
        details.put("unknown", unknown);
        details.put("results", results);
        return new CheckResult(worst, sentence, details);
    }

    private static <K, I, O> Operation<I, O> withoutKey(Operation<Keyed<K, I>, O> operation) {
        return new Operation<>(
                operation.index(),
                operation.process(),
                operation.input().input(),
                operation.invokedNanos(),
                operation.outcome(),
                operation.completedNanos());
    }
}
