package dev.gyre.raft.core;

import java.util.List;
import java.util.Optional;

/**
 * What to make durable, in the order of its parts, and after all earlier writes.
 *
 * @param token numbers the writes, from 1; {@link Input.Persisted} returns it
 * @param hardState to replace the one stored
 * @param chunk to store with the snapshot that is being received; offset 0 starts it anew
 * @param installed the received snapshot is complete: it replaces the one stored and the whole log, atomically
 * @param truncateFrom drop the entries from this index on; 0 for none
 * @param entries to append
 */
public record Write<E>(
        long token,
        Optional<HardState> hardState,
        Optional<SnapshotChunk> chunk,
        Optional<Snapshot> installed,
        long truncateFrom,
        List<Entry<E>> entries) {}
