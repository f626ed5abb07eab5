package dev.gyre.core.checker;

/** What a client asks of a set that only grows. */
public sealed interface SetInput {
    /**
     * Add an element.
     *
     * @param element the element; a workload adds each once
     */
    record Add(long element) implements SetInput {}

    /** Read all elements. */
    record Read() implements SetInput {}
}
