package dev.gyre.core;

/**
 * Counts 1, 2, 3, …: the message ids of a node, or any other sequence that must not repeat within one. Not for several
 * threads: a node has one.
 */
public final class IdCounter {
    private long last;

    /** The next number; the first is 1. */
    public long next() {
        return ++last;
    }

    /** The number given out last, or 0. */
    public long last() {
        return last;
    }
}
