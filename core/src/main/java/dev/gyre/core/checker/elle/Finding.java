package dev.gyre.core.checker.elle;

import java.util.List;

/**
 * One anomaly that was found.
 *
 * @param transactions the transactions in it, by number; a failed one has none and is named in the text
 * @param text what happened, in one sentence without a full stop
 * @param steps for a cycle, why each transaction comes before the next; empty for others
 */
record Finding(List<Integer> transactions, String text, List<String> steps) {
    /** An anomaly that is no cycle. */
    static Finding of(String text, Integer... transactions) {
        return new Finding(List.of(transactions), text, List.of());
    }
}
