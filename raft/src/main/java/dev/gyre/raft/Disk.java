package dev.gyre.raft;

import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Timer;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.Write;
import dev.gyre.raft.storage.LogStorage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of a group as it writes to it: one sync a turn for all that was written, one at a time, and a watch on how long it takes. */
final class Disk<V> {
    private static final Logger log = LoggerFactory.getLogger(Disk.class);

    private final LogStorage<V> storage;
    private final RaftPart part;
    private final Duration stallTimeout;
    private final String label;
    private final Owner owner;
    private final Counters counters;
    private final Timer stall;
    /** Snapshots of this node that are being written. */
    private List<Snapshot> taken = new ArrayList<>();

    private boolean hasUnsynced;
    private boolean isSyncing;

    /** Is told what becomes of what was written. */
    interface Owner {
        /** Something waits to be synced at the end of this turn. */
        void atTurnEnd();

        /** All writes up to a token are durable, and these snapshots of this node are. */
        void durable(long token, List<Snapshot> snapshots);

        /** A sync takes longer than is bearable; told again and again until it is done. */
        void stalled();
    }

    /** @param label who this is, for the log */
    Disk(LogStorage<V> storage, RaftPart part, Duration stallTimeout, String label, Owner owner, Counters counters) {
        this.storage = storage;
        this.part = part;
        this.stallTimeout = stallTimeout;
        this.label = label;
        this.owner = owner;
        this.counters = counters;
        this.stall = part.stoppedTimer(this::stalled);
    }

    private void stalled() {
        log.warn("{}: the disk has not answered for {}", label, stallTimeout);
        owner.stalled();
        // What is under way may be a snapshot alone, and the core have begun a write since.
        stall.reset(stallTimeout);
    }

    void write(Write<V> write) {
        storage.write(write);
        await();
    }

    /** Keeps a snapshot of this node. */
    void keep(Snapshot snapshot, byte[] content) {
        storage.keep(snapshot, content);
        taken.add(snapshot);
        await();
    }

    private void await() {
        hasUnsynced = true;
        owner.atTurnEnd();
    }

    boolean hasUnsynced() {
        return hasUnsynced;
    }

    /** Makes durable what was written, unless that is under way; then what came since is next. */
    void sync() {
        if (!hasUnsynced || isSyncing) {
            return;
        }
        hasUnsynced = false;
        isSyncing = true;
        long begun = part.node().nowNanos();
        var written = taken;
        taken = new ArrayList<>();
        var synced = storage.sync();
        if (!synced.isDone()) {
            stall.reset(stallTimeout);
        }
        synced.whenDone(token -> part.vital(() -> synced(token.orThrow(), written, begun)));
    }

    private void synced(long token, List<Snapshot> written, long begunNanos) {
        isSyncing = false;
        stall.cancel();
        counters.syncs++;
        counters.syncNanosMax = Math.max(counters.syncNanosMax, part.node().nowNanos() - begunNanos);
        counters.snapshotsTaken += written.size();
        owner.durable(token, written);
        if (hasUnsynced) {
            owner.atTurnEnd();
        }
    }

    void deleteSnapshotsBut(Collection<Snapshot> inUse) {
        storage.deleteSnapshotsBut(inUse);
    }

    /** A part of a snapshot's content; empty when it is gone. */
    Optional<byte[]> content(Snapshot snapshot, long offset, int length) {
        var bytes = ByteBuffer.allocate(length);
        try {
            storage.read(snapshot, offset, bytes);
        } catch (IllegalArgumentException e) {
            log.info("{}: {}", label, e.getMessage());
            return Optional.empty();
        }
        return bytes.hasRemaining() ? Optional.empty() : Optional.of(bytes.array());
    }

    /** The state that a snapshot holds. */
    <E> RaftEvent.RestoreSnapshot<E> restored(Snapshot snapshot) {
        var state = content(snapshot, 0, Math.toIntExact(snapshot.sizeBytes()))
                .orElseThrow(
                        () -> new InvariantViolation(label + ": the content of the snapshot " + snapshot + " is gone"));
        return new RaftEvent.RestoreSnapshot<>(
                snapshot.last().index(), snapshot.last().term(), state);
    }
}
