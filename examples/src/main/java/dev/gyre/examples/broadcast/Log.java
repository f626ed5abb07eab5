package dev.gyre.examples.broadcast;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The elements that a node knows, each once, in the order in which it learnt them. An element keeps its place for good. */
final class Log {
    /** An element and who it came from. */
    private record Entry(long element, String source) {}

    private final List<Entry> entries = new ArrayList<>();
    /** Asked and never iterated, so its order does not matter. */
    private final Set<Long> known = new HashSet<>();

    void add(long element, String source) {
        if (known.add(element)) {
            entries.add(new Entry(element, source));
        }
    }

    boolean has(long element) {
        return known.contains(element);
    }

    int size() {
        return entries.size();
    }

    List<Long> elements() {
        return entries.stream().map(Entry::element).toList();
    }

    /** The elements from one place up to another, but for those that came from the neighbour they would go to. */
    List<Long> newsFor(String neighbour, int from, int to) {
        return entries.subList(from, to).stream()
                .filter(entry -> !entry.source.equals(neighbour))
                .map(Entry::element)
                .toList();
    }
}
