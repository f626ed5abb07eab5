package dev.gyre.core.checker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a checker says of a history.
 *
 * @param validity the verdict
 * @param sentence one plain sentence: what was broken, by which operations; or, when nothing was, what was checked
 * @param details the figures behind it, in order, by the keys of Maelstrom's result maps, such as {@code lost-count};
 *     values are strings, numbers, booleans, and lists and maps of those
 */
public record CheckResult(Validity validity, String sentence, SequencedMap<String, Object> details) {
    /** Keeps a copy of the details, in their order. */
    public CheckResult {
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }
}
