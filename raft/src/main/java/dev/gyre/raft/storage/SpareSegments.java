package dev.gyre.raft.storage;

import dev.gyre.core.Storage;
import java.util.ArrayDeque;
import java.util.List;

/** Segments that are of no use any more, kept to be written on again: a force of bytes in their place has nothing new to account for. */
final class SpareSegments {
    private static final String PREFIX = "spare-";

    /** As many as a snapshot frees at a time where it comes about as often as a new segment. */
    private static final int MAX = 2;

    private final Storage storage;
    /** Those whose names are durable. */
    private final ArrayDeque<String> ready = new ArrayDeque<>();

    private int kept;

    SpareSegments(Storage storage) {
        this.storage = storage;
    }

    /** Those of an earlier life. */
    void deleteAll() {
        storage.list().stream().filter(name -> name.startsWith(PREFIX)).forEach(storage::delete);
    }

    boolean hasRoom() {
        return kept < MAX;
    }

    /** Gives a segment up, and returns its new name: to be told to {@link #ready} when that is durable. */
    String keep(String segment) {
        var name = PREFIX + segment;
        storage.rename(segment, name);
        kept++;
        return name;
    }

    /**
     * The names of these are durable: they may be written on. Before that a crash could bring the old one back, with what belongs to a later
     * segment in it.
     */
    void ready(List<String> names) {
        ready.addAll(names);
    }

    /** Makes one of them a segment; says whether there was one. */
    boolean use(String segment) {
        if (ready.isEmpty()) {
            return false;
        }
        storage.rename(ready.removeFirst(), segment);
        kept--;
        return true;
    }
}
