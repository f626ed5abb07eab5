package dev.gyre.maelstrom.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Replies that clients could not make sense of. They do not end a run, yet whoever writes a node should see them. */
public final class Problems {
    /** Kept a node: the first few tell the story. */
    private static final int KEPT_MAX = 5;

    private static final int SENTENCE_MAX = 500;

    private final Consumer<String> observer;
    private final Map<String, List<String>> first = new TreeMap<>();
    private long count;

    /**
     * None yet.
     *
     * @param observer is told of each that is kept
     */
    public Problems(Consumer<String> observer) {
        this.observer = observer;
    }

    void add(String node, String problem) {
        count++;
        var kept = first.computeIfAbsent(node, absent -> new ArrayList<>());
        if (kept.size() < KEPT_MAX) {
            String sentence = node + " " + problem;
            sentence = sentence.length() <= SENTENCE_MAX ? sentence : sentence.substring(0, SENTENCE_MAX) + "…";
            kept.add(sentence);
            observer.accept(sentence);
        }
    }

    /** How many there were. */
    public long count() {
        return count;
    }

    /** The first few of each node. */
    public List<String> sentences() {
        return first.values().stream().flatMap(List::stream).toList();
    }
}
