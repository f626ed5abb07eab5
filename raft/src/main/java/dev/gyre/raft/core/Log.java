package dev.gyre.raft.core;

import dev.gyre.core.InvariantViolation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries that are held in memory: all after {@link #base}, in a ring, so that appending, cutting at either end and finding by
 * index take constant time. Terms never fall along a log, so finding by term is a binary search.
 */
final class Log<E> {
    private static final int INITIAL_CAPACITY = 16;

    private @Nullable Object[] ring = new @Nullable Object[INITIAL_CAPACITY];
    private Position base;
    private long lastIndex;
    private long bytes;

    /** The slice made last: followers at the same place, and the write, share it. */
    private List<Entry<E>> slice = List.of();

    /** An empty log that continues after {@code base}. */
    Log(Position base) {
        this.base = base;
        this.lastIndex = base.index();
    }

    /** The position before the oldest entry held. */
    Position base() {
        return base;
    }

    long lastIndex() {
        return lastIndex;
    }

    Position last() {
        return new Position(lastIndex, termAt(lastIndex));
    }

    /** Of all entries held, as they count. */
    long bytes() {
        return bytes;
    }

    /** The term at an index from that of {@link #base} to the last. */
    long termAt(long index) {
        return index == base.index() ? base.term() : entryAt(index).term();
    }

    /** Whether the term at an index can be told. */
    boolean knows(long index) {
        return index >= base.index() && index <= lastIndex;
    }

    boolean has(Position position) {
        return knows(position.index()) && termAt(position.index()) == position.term();
    }

    // The ring holds what append() put there, at the indices after base.
    @SuppressWarnings("unchecked")
    Entry<E> entryAt(long index) {
        Entry<E> entry = index > base.index() && index <= lastIndex ? (Entry<E>) ring[slot(index)] : null;
        if (entry == null) {
            throw new InvariantViolation("entry " + index + " was asked for; the log holds those after " + base.index()
                    + " up to " + lastIndex);
        }
        return entry;
    }

    void append(Entry<E> entry) {
        if (entry.index() != lastIndex + 1 || entry.term() < termAt(lastIndex)) {
            throw new InvariantViolation(
                    "entry " + entry.index() + "@" + entry.term() + " cannot follow " + last() + " in a log");
        }
        if (lastIndex - base.index() == ring.length) {
            grow();
        }
        ring[slot(entry.index())] = entry;
        lastIndex = entry.index();
        bytes += entry.countedBytes();
    }

    /** Drops the entries from {@code index} on. */
    void truncateFrom(long index) {
        for (long i = index; i <= lastIndex; i++) {
            drop(i);
        }
        lastIndex = Math.min(lastIndex, index - 1);
        slice = List.of();
    }

    /** Drops the entries up to {@code index}, the last of which stays known as the base. */
    void dropUpTo(long index) {
        if (index > base.index()) {
            var next = new Position(index, termAt(index));
            for (long i = base.index() + 1; i <= index; i++) {
                drop(i);
            }
            base = next;
        }
    }

    /** Drops all entries; the log continues after {@code position}. */
    void restartAfter(Position position) {
        truncateFrom(base.index() + 1);
        base = position;
        lastIndex = position.index();
    }

    /** The entries from {@code first} to {@code last}, unchangeable. */
    List<Entry<E>> slice(long first, long last) {
        if (last < first) {
            return List.of();
        }
        if (!slice.isEmpty()
                && slice.getFirst().index() == first
                && slice.getLast().index() == last) {
            return slice;
        }
        slice = first == last ? List.of(entryAt(first)) : copy(first, last);
        return slice;
    }

    // The array holds entries only, and is not seen by anyone else.
    @SuppressWarnings("unchecked")
    private List<Entry<E>> copy(long first, long last) {
        entryAt(first);
        entryAt(last);
        var array = new Object[(int) (last - first + 1)];
        int from = slot(first);
        int untilWrap = Math.min(array.length, ring.length - from);
        System.arraycopy(ring, from, array, 0, untilWrap);
        System.arraycopy(ring, 0, array, untilWrap, array.length - untilWrap);
        return (List<Entry<E>>) (List<?>) Collections.unmodifiableList(Arrays.asList(array));
    }

    /** The last index of a batch from {@code first} on: as many as fit in {@code maxBytes}, but at least one. */
    long batchEnd(long first, long maxBytes) {
        long end = first;
        long size = entryAt(first).countedBytes();
        while (end < lastIndex) {
            size += entryAt(end + 1).countedBytes();
            if (size > maxBytes) {
                break;
            }
            end++;
        }
        return end;
    }

    /** The bytes of the entries from {@code first} to {@code last}. */
    long bytesOf(long first, long last) {
        long sum = 0;
        for (long i = first; i <= last; i++) {
            sum += entryAt(i).countedBytes();
        }
        return sum;
    }

    /**
     * The last position known at or before {@code index} whose term is at most {@code term}; the base if there is none. Where two logs differ, they
     * can be equal only up to there.
     */
    Position lastAtMost(long index, long term) {
        long low = base.index();
        long high = Math.max(low, Math.min(index, lastIndex));
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (termAt(middle) <= term) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new Position(low, termAt(low));
    }

    private void drop(long index) {
        bytes -= entryAt(index).countedBytes();
        ring[slot(index)] = null;
    }

    /** The capacity is a power of two. */
    private int slot(long index) {
        return (int) index & (ring.length - 1);
    }

    private void grow() {
        var wider = new @Nullable Object[ring.length * 2];
        for (long i = base.index() + 1; i <= lastIndex; i++) {
            wider[(int) i & (wider.length - 1)] = ring[slot(i)];
        }
        ring = wider;
    }
}
