package dev.gyre.raft.storage;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.PersistedState;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.SnapshotChunk;
import dev.gyre.raft.core.Write;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Storage that forgets: everything is durable at once, as long as the process lives. The entries themselves are in the core; only snapshots are
 * kept here. For groups whose state may be lost when a majority of them ends at the same time, for tests, and to see what the disk costs.
 *
 * <p>A node that restarts has forgotten its vote and its log, so it must not come back under its old name: remove it, and add it anew.
 *
 * @param <E> the values of the entries
 */
public final class MemoryLog<E> implements LogStorage<E> {
    private final PersistedState<E> initial;
    private final Map<Snapshot, byte[]> snapshots = new LinkedHashMap<>();
    private final ByteArrayOutputStream incoming = new ByteArrayOutputStream();
    private Snapshot latest;
    private long token;

    /** An empty log. */
    public MemoryLog(Membership bootstrap) {
        initial = PersistedState.bootstrap(bootstrap);
        latest = initial.snapshot();
    }

    @Override
    public Promise<PersistedState<E>> recovered() {
        return Promise.of(new Outcome.Ok<>(initial));
    }

    @Override
    public void write(Write<E> write) {
        write.chunk().ifPresent(this::receive);
        write.installed().ifPresent(snapshot -> put(snapshot, incoming.toByteArray()));
        token = write.token();
    }

    private void receive(SnapshotChunk chunk) {
        if (chunk.offset() == 0) {
            incoming.reset();
        }
        if (incoming.size() != chunk.offset()) {
            throw new IllegalArgumentException(chunk + " comes where offset " + incoming.size() + " is expected");
        }
        incoming.writeBytes(chunk.bytes());
    }

    @Override
    public void keep(Snapshot snapshot, byte[] content) {
        if (snapshot.last().index() > latest.last().index()) {
            put(snapshot, content);
        }
    }

    private void put(Snapshot snapshot, byte[] content) {
        if (content.length != snapshot.sizeBytes() || SnapshotChunk.checksum(content) != snapshot.crc32c()) {
            throw new IllegalArgumentException("what is given is not the content of " + snapshot);
        }
        snapshots.put(snapshot, content);
        latest = snapshot;
    }

    @Override
    public int read(Snapshot snapshot, long offset, ByteBuffer into) {
        var content = snapshots.get(snapshot);
        if (content == null) {
            throw new IllegalArgumentException("there is no snapshot " + snapshot.last());
        }
        int length = (int) Math.max(0, Math.min(into.remaining(), content.length - offset));
        into.put(content, (int) Math.min(offset, content.length), length);
        return length;
    }

    @Override
    public void deleteSnapshotsBut(Collection<Snapshot> inUse) {
        snapshots.keySet().removeIf(snapshot -> !snapshot.equals(latest) && !inUse.contains(snapshot));
    }

    @Override
    public Promise<Long> sync() {
        return Promise.of(new Outcome.Ok<>(token));
    }

    @Override
    public Promise<Storage.Synced> close() {
        return Promise.of(new Outcome.Ok<>(new Storage.Synced()));
    }
}
