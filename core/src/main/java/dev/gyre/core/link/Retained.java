package dev.gyre.core.link;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/** What was accepted for a session and is not acknowledged, in order of sequence numbers without a hole. */
final class Retained<P> {
    private final ArrayDeque<Entry<P>> entries = new ArrayDeque<>();
    private long next = 1;
    private long dataBytes;
    private long controlBytes;

    /** An item without its connection, which may change before it arrives. */
    record Entry<P>(long sequence, String channel, Stamp stamp, int bytes, LinkFrame.Body<P> body) {}

    /** The number of the next item. */
    long next() {
        return next;
    }

    long dataBytes() {
        return dataBytes;
    }

    long controlBytes() {
        return controlBytes;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The number of the oldest item, or that of the next when there is none. */
    long first() {
        return next - entries.size();
    }

    void add(Entry<P> entry) {
        entries.add(entry);
        next++;
        count(entry, entry.bytes());
    }

    /** Drops what is before a number. */
    void acknowledged(long before) {
        while (!entries.isEmpty() && first() < before) {
            var entry = entries.remove();
            count(entry, -entry.bytes());
        }
    }

    private void count(Entry<P> entry, int bytes) {
        if (entry.body() instanceof LinkFrame.Body.Data) {
            dataBytes += bytes;
        } else {
            controlBytes += bytes;
        }
    }

    /** The items from one number to before another, as far as they are here. */
    List<Entry<P>> range(long from, long end) {
        if (from + 1 == next && end >= next && !entries.isEmpty()) {
            return List.of(entries.getLast()); // as nearly always: what was just added
        }
        long skip = Math.max(0, from - first());
        long count = Math.max(0, Math.min(end, next) - Math.max(from, first()));
        return entries.stream().skip(skip).limit(count).toList();
    }

    /** The items from the oldest. */
    Iterator<Entry<P>> oldest() {
        return entries.iterator();
    }

    /** Begins a new session. */
    void clear() {
        entries.clear();
        next = 1;
        dataBytes = 0;
        controlBytes = 0;
    }
}
