package dev.gyre.raft;

import dev.gyre.raft.core.Message;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What other members say while a node still reads its log: the last word of each kind from each of them, in the order of arrival. They could be dropped as if the network had
 * lost them, but a leader whose first append is lost believes for an election timeout that its answer is under way.
 */
final class EarlyMessages<E> {
    /** Above what a group's members say; who is no member may say what it likes. */
    private static final int MAX = 64;

    private final LinkedHashMap<Kind, Message<E>> messages = new LinkedHashMap<>();

    private record Kind(String from, Class<?> type) {}

    /** Keeps a message; what does not fit is lost. */
    void add(Message<E> message) {
        var kind = new Kind(message.from(), message.getClass());
        messages.remove(kind); // an older word is worth nothing beside it, and its place is the later one's
        if (messages.size() < MAX) {
            messages.put(kind, message);
        }
    }

    /** All that were kept, and are not any more. */
    List<Message<E>> take() {
        var all = List.copyOf(messages.values());
        messages.clear();
        return all;
    }
}
