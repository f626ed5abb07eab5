package dev.gyre.raft.storage;

import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.raft.core.PersistedState;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.Write;
import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * Where a Raft node keeps what must outlast it: what is written counts from the next {@link #sync} on. For the node's thread only.
 *
 * @param <E> the values of the entries
 */
public interface LogStorage<E> {
    /** What there was when it was opened, once that is durable and the log may be used. Never fails. */
    Promise<PersistedState<E>> recovered();

    /**
     * Carries out a write, up to the next {@link #sync}. The parts of a snapshot are durable when the snapshot is installed, and forgotten when the
     * node restarts before that.
     *
     * @throws IllegalArgumentException when it does not follow on what was written before, or is too large; the log has then ended
     */
    void write(Write<E> write);

    /**
     * Keeps a snapshot that this node has made; durable with the next {@link #sync}. One that is not newer than the latest is ignored.
     *
     * @throws IllegalArgumentException when the content is not that of the snapshot, or the log does not reach it; the log has then ended
     */
    void keep(Snapshot snapshot, byte[] content);

    /**
     * Reads from the content of a snapshot that is durable.
     *
     * @return how many bytes; 0 at the end
     * @throws IllegalArgumentException when it is not there
     */
    int read(Snapshot snapshot, long offset, ByteBuffer into);

    /** Deletes the contents of all snapshots but the latest and those in use. */
    void deleteSnapshotsBut(Collection<Snapshot> inUse);

    /**
     * Makes durable all that was written before. While a sync is under way, the next ones wait and are one.
     *
     * @return the token of the last write that is durable, once this one's are; 0 if there was none. Never fails: a failed sync ends the log by a
     *     {@link dev.gyre.core.StorageException} that is thrown where the sync completes
     */
    Promise<Long> sync();

    /** Makes all durable, and lets go of it. The log has ended then. */
    Promise<Storage.Synced> close();
}
