package dev.gyre.core.loop;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap in an array whose entries know their places, so that one can be taken out from its midst. Timers of calls are
 * set at the end and nearly always taken out unfired: the first costs one comparison here, and neither allocates.
 *
 * @param <E> what is in it
 */
final class TimerHeap<E extends TimerHeap.Entry<E>> {
    /** Something with a place in a heap. */
    abstract static class Entry<E> {
        private int place = -1;

        /** Whether this is to come out before another; never true both ways. */
        abstract boolean isBefore(E other);
    }

    private static final int FIRST_CAPACITY = 16;

    private @Nullable Object[] entries = new @Nullable Object[FIRST_CAPACITY];
    private int size;

    /** The first of all, if there is one. */
    @Nullable E first() {
        return size == 0 ? null : at(0);
    }

    @SuppressWarnings("unchecked") // only put() stores
    private E at(int place) {
        return (E) Objects.requireNonNull(entries[place]);
    }

    private void put(E entry, int place) {
        Entry<E> placed = entry;
        placed.place = place;
        entries[place] = entry;
    }

    void add(E entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        rise(entry, size++);
    }

    /** Takes out an entry that is in here. */
    void remove(E entry) {
        Entry<E> removed = entry;
        int place = removed.place;
        removed.place = -1;
        var last = at(--size);
        entries[size] = null;
        if (place < size) {
            if (place > 0 && last.isBefore(at((place - 1) / 2))) {
                rise(last, place);
            } else {
                sink(last, place);
            }
        }
    }

    private void rise(E entry, int from) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!entry.isBefore(at(parent))) {
                break;
            }
            put(at(parent), place);
            place = parent;
        }
        put(entry, place);
    }

    private void sink(E entry, int from) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && at(child + 1).isBefore(at(child))) {
                child++;
            }
            if (!at(child).isBefore(entry)) {
                break;
            }
            put(at(child), place);
            place = child;
        }
        put(entry, place);
    }
}
