package dev.gyre.core;

/**
 * Counts 1, 2, 3, …: the message ids of a node, or any other sequence that must not repeat within one. Not for several
 * threads: a node has one.
 */
public final class IdCounter {
    private long last;

    /** A counter whose first number is 1. */
    public IdCounter() {
        this(1);
    }

    /** A counter with this first number. */
    public IdCounter(long first) {
        last = first - 1;
    }

    /** The next number. */
    public long next() {
        return ++last;
    }

    /** The number given out last; one less than the first if there was none. */
    public long last() {
        return last;
    }
}
