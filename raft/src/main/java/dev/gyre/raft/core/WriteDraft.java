package dev.gyre.raft.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one step gives to storage, gathered while it runs. */
final class WriteDraft<E> {
    private boolean hasHardState;
    private @Nullable SnapshotChunk chunk;
    private @Nullable Snapshot installed;
    private long truncateFrom;
    private long appendFrom = Long.MAX_VALUE;

    void clear() {
        hasHardState = false;
        chunk = null;
        installed = null;
        truncateFrom = 0;
        appendFrom = Long.MAX_VALUE;
    }

    void hardState() {
        hasHardState = true;
    }

    boolean hasHardState() {
        return hasHardState;
    }

    void chunk(SnapshotChunk newChunk) {
        chunk = newChunk;
    }

    void install(Snapshot snapshot) {
        installed = snapshot;
        truncateFrom = 0;
        appendFrom = Long.MAX_VALUE;
    }

    boolean isInstalling() {
        return installed != null;
    }

    void truncate(long from) {
        truncateFrom = truncateFrom == 0 ? from : Math.min(truncateFrom, from);
        appendFrom = appendFrom >= from ? Long.MAX_VALUE : appendFrom;
    }

    void append(long index) {
        appendFrom = Math.min(appendFrom, index);
    }

    boolean isEmpty() {
        return !hasHardState && chunk == null && installed == null && truncateFrom == 0 && appendFrom == Long.MAX_VALUE;
    }

    /** The write, with what it appends as the log has it now. */
    Write<E> toWrite(long token, HardState hardState, Log<E> log) {
        return new Write<>(
                token,
                hasHardState ? Optional.of(hardState) : Optional.empty(),
                Optional.ofNullable(chunk),
                Optional.ofNullable(installed),
                truncateFrom,
                log.slice(appendFrom, log.lastIndex()));
    }
}
