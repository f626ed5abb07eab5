package dev.gyre.raft.storage;

import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.Snapshot;

/**
 * One change, as a batch of a log holds it.
 *
 * @param <E> the values of the entries
 */
public sealed interface LogRecord<E> {
    /**
     * The first record of each segment: where the log stood before it.
     *
     * @param lastIndex of the last entry, or of the snapshot if none is behind it
     */
    record Start<E>(dev.gyre.raft.core.HardState hardState, Snapshot snapshot, long lastIndex)
            implements LogRecord<E> {}

    /** Another term, or a vote. */
    record HardState<E>(dev.gyre.raft.core.HardState state) implements LogRecord<E> {}

    /** The entries from an index on are no more. */
    record Truncated<E>(long fromIndex) implements LogRecord<E> {}

    /** An entry at the end. */
    record Appended<E>(Entry<E> entry) implements LogRecord<E> {}

    /** A snapshot that the node has made. The entries are as they were. */
    record SnapshotKept<E>(Snapshot snapshot) implements LogRecord<E> {}

    /** A snapshot that came from a leader, in the place of all entries. */
    record SnapshotInstalled<E>(Snapshot snapshot) implements LogRecord<E> {}
}
