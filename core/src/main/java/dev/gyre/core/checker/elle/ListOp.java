package dev.gyre.core.checker.elle;

import java.util.Arrays;
import java.util.List;

/**
 * A part of a transaction over named lists, which begin empty. The same types say what was asked for and what was
 * answered: an answer repeats the request, in order, with the elements of each read filled in.
 */
public sealed interface ListOp {
    /** The list's name. A workload with other keys writes them as text. */
    String key();

    /**
     * Appends an element.
     *
     * @param key the list
     * @param value the element; a history appends it to this list once
     */
    record Append(String key, long value) implements ListOp {}

    /**
     * Reads a list.
     *
     * @param key the list
     * @param elements what was seen, oldest first; in a request it means nothing
     */
    record Read(String key, List<Long> elements) implements ListOp {
        /** Keeps a copy. */
        public Read {
            elements = List.copyOf(elements);
        }
    }

    /** An append of an element to a list. */
    static ListOp append(String key, long value) {
        return new Append(key, value);
    }

    /** A read of a list that saw these elements; without any, a request or a read that found the list empty. */
    static ListOp read(String key, long... elements) {
        return new Read(key, Arrays.stream(elements).boxed().toList());
    }
}
