package dev.gyre.raft.storage;

import dev.gyre.raft.core.HardState;
import dev.gyre.raft.core.Snapshot;

/**
 * Where a log stands between two batches: all that a segment needs to know of those before it.
 *
 * @param lastIndex of the last entry, or of the snapshot if none is behind it
 */
record Mark(HardState hardState, Snapshot snapshot, long lastIndex) {
    Mark with(HardState newHardState) {
        return new Mark(newHardState, snapshot, lastIndex);
    }

    Mark with(Snapshot newSnapshot) {
        return new Mark(hardState, newSnapshot, lastIndex);
    }

    Mark endingAt(long newLastIndex) {
        return new Mark(hardState, snapshot, newLastIndex);
    }
}
