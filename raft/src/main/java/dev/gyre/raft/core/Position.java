package dev.gyre.raft.core;

/**
 * A place in a log: an index, and the term of the entry there. Two logs with the same position hold the same entries up to it
 * (log matching, thesis §3.5). Index 0 is before the first entry.
 */
public record Position(long index, long term) {
    /** Before the first entry. */
    public static final Position START = new Position(0, 0);

    /** A position; neither part is negative. */
    public Position {
        if (index < 0 || term < 0) {
            throw new IllegalArgumentException("position " + index + "@" + term + ": neither may be negative");
        }
    }

    /** Whether a log that ends here may lead one that ends at {@code other} (thesis §3.6.1). */
    public boolean isAtLeastAsUpToDateAs(Position other) {
        return term != other.term ? term > other.term : index >= other.index;
    }

    @Override
    public String toString() {
        return index + "@" + term;
    }
}
