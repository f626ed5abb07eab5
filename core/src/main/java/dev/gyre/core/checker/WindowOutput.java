package dev.gyre.core.checker;

import java.util.SortedMap;

/** What is answered. */
public sealed interface WindowOutput {
    /**
     * The value was added.
     *
     * @param window the beginning of the window that it belongs to
     */
    record Added(long window) implements WindowOutput {}

    /**
     * The windows that are over.
     *
     * @param totals by the beginnings of windows; those without adds may be left out
     */
    record Windows(SortedMap<Long, Long> totals) implements WindowOutput {}
}
