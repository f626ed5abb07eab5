package dev.gyre.raft.storage;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageFile;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.PersistedState;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.Write;
import dev.gyre.raft.storage.Recovery.Segment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of a Raft node: terms and votes, entries, snapshots. What is written is gathered in memory; {@link #sync} makes it
 * one batch, writes that at once and forces it once. For the node's thread only.
 *
 * <p><b>Why a batch is the unit.</b> A batch begins to be written only after the sync of the one before it is done. So a batch on the
 * disk, or as little as its header or the name of its segment, vouches for all batches before it: one of them that is damaged was
 * damaged after it was synced, and the log is refused. Of the last batch nothing vouches, so if it is damaged it was torn by a crash,
 * maybe with holes of zeros, nobody was told that it is durable, and it is cut off, the whole of it. Thus a log is found as it was after
 * some sync, never between. A truncation is a record: it is in force with the entries that follow it, or neither is.
 *
 * <p>After it was read, the log is synced and a batch is added, before anything is told: what a dead process wrote may still be in the
 * cache of the operating system only, and must not be relied on before it is durable. {@link #close} adds a batch too. What remains is
 * the last batch before a crash: if its bits flip while the node is down, that looks like a torn write, and it is cut off.
 *
 * <p><b>Failures.</b> A {@link StorageException}, thrown by a method here or while a sync completes, ends the log: all that is asked of
 * it later is refused, and a failed sync is never tried again. Open a new one, which reads what is there.
 *
 * @param <E> the values of the entries
 */
public final class RaftLog<E> implements LogStorage<E> {
    /** Zeros are written in pieces of this size. */
    private static final int ZEROS_BYTES = 64 << 10;

    /** A batch that was larger than this is rare, and its memory is given back. */
    private static final int SPARE_BYTES_MAX = 4 << 20;

    private final Storage storage;
    private final RaftLogSettings settings;
    private final EntryCodec<E> codec;
    private final SnapshotFiles snapshots;
    private final List<Segment> segments;
    private final Promise<PersistedState<E>> recovered = new Promise<>();
    private @Nullable StorageFile active;
    /** Where the next batch goes; behind it are zeros at most. */
    private long position;

    private @Nullable BatchBytes spare;
    private final SpareSegments spares;
    /** Whether the segment that is written on holds what is left of an earlier use. */
    private boolean isReused;

    private Mark mark;
    private Batch batch;
    private long sequence;
    private long durableToken;
    private Snapshot durableSnapshot;
    private boolean isBusy;
    private boolean hasEnded;
    private boolean isClosing;
    private @Nullable Promise<Long> next;

    /** What is written with one sync. */
    private static final class Batch {
        private final BatchBytes bytes;
        private final List<SnapshotFiles.Arrived> arrived = new ArrayList<>();
        private final Mark before;
        private long token;

        Batch(BatchBytes bytes, Mark before, long token) {
            this.bytes = bytes;
            this.before = before;
            this.token = token;
        }

        boolean isEmpty() {
            return bytes.recordBytes() == 0;
        }
    }

    private RaftLog(Storage storage, RaftLogSettings settings, EntryCodec<E> codec, Recovery<E> found) {
        this.storage = storage;
        this.settings = settings;
        this.codec = codec;
        snapshots = new SnapshotFiles(storage);
        spares = new SpareSegments(storage);
        segments = new ArrayList<>(found.segments());
        mark = found.mark();
        sequence = found.sequence();
        durableSnapshot = mark.snapshot();
        batch = new Batch(new BatchBytes(), mark, 0);
    }

    /**
     * Opens a log, and makes one if there is none. {@link #recovered} tells when it may be used.
     *
     * @throws StorageException when it is damaged, incomplete, another's, or of an unknown version; the message names file and offset
     */
    public static <E> RaftLog<E> open(Storage storage, RaftLogSettings settings, EntryCodec<E> codec) {
        var found = new Recovery<>(storage, settings, codec);
        found.run();
        var log = new RaftLog<>(storage, settings, codec, found);
        log.start(found);
        return log;
    }

    private void start(Recovery<E> found) {
        found.leftovers().forEach(storage::delete);
        spares.deleteAll();
        snapshots.deleteAllBut(List.of(mark.snapshot()));
        snapshots.deleteIncoming();
        if (segments.isEmpty()) {
            segments.add(new Segment(1, mark.lastIndex()));
        }
        var file = storage.open(segments.getLast().name());
        active = file;
        if (file.size() > found.soundBytes()) {
            file.truncate(found.soundBytes());
        }
        position = found.soundBytes();
        isBusy = true;
        whenSynced(List.of(file.sync(), storage.sync()), () -> {
            var opening = batch;
            batch = new Batch(new BatchBytes(), mark, 0);
            writeAndForce(opening, () -> recovered.complete(new Outcome.Ok<>(found.state())));
        });
    }

    @Override
    public Promise<PersistedState<E>> recovered() {
        return recovered;
    }

    @Override
    public void write(Write<E> write) {
        checkUsable();
        hasEnded = true;
        write.hardState().ifPresent(state -> {
            Records.putHardState(batch.bytes.sink(), state);
            mark = mark.with(state);
        });
        write.chunk().ifPresent(snapshots::receive);
        write.installed().ifPresent(this::install);
        if (write.truncateFrom() != 0 && write.truncateFrom() <= mark.lastIndex()) {
            Records.putTruncate(batch.bytes.sink(), write.truncateFrom());
            mark = mark.endingAt(write.truncateFrom() - 1);
        }
        write.entries().forEach(this::append);
        if (batch.bytes.recordBytes() > Frame.MAX_PAYLOAD_BYTES - Frame.HEADER_BYTES) {
            throw new IllegalArgumentException("a batch has " + batch.bytes.recordBytes() + " bytes: sync more often");
        }
        batch.token = write.token();
        hasEnded = false;
    }

    private void install(Snapshot snapshot) {
        batch.arrived.add(snapshots.finish(snapshot));
        Records.putSnapshot(batch.bytes.sink(), Records.SNAPSHOT_INSTALLED, snapshot);
        mark = mark.with(snapshot).endingAt(snapshot.last().index());
    }

    private void append(Entry<E> entry) {
        if (entry.index() != mark.lastIndex() + 1) {
            throw new IllegalArgumentException("entry " + entry.index() + " is to follow entry " + mark.lastIndex());
        }
        Records.putEntry(batch.bytes.sink(), entry, codec);
        mark = mark.endingAt(entry.index());
    }

    @Override
    public void keep(Snapshot snapshot, byte[] content) {
        checkUsable();
        if (snapshot.last().index() <= mark.snapshot().last().index()) {
            return;
        }
        hasEnded = true;
        if (snapshot.last().index() > mark.lastIndex()) {
            throw new IllegalArgumentException("snapshot " + snapshot.last() + " is beyond entry " + mark.lastIndex());
        }
        batch.arrived.add(snapshots.keep(snapshot, content));
        Records.putSnapshot(batch.bytes.sink(), Records.SNAPSHOT_KEPT, snapshot);
        mark = mark.with(snapshot);
        hasEnded = false;
    }

    @Override
    public int read(Snapshot snapshot, long offset, ByteBuffer into) {
        return snapshots.read(snapshot, offset, into);
    }

    @Override
    public void deleteSnapshotsBut(Collection<Snapshot> inUse) {
        checkUsable();
        List<Snapshot> kept = new ArrayList<>(inUse);
        kept.add(durableSnapshot);
        kept.add(batch.before.snapshot());
        kept.add(mark.snapshot());
        snapshots.deleteAllBut(kept);
    }

    @Override
    public Promise<Long> sync() {
        checkUsable();
        if (isBusy) {
            var waiting = next;
            if (waiting == null) {
                waiting = new Promise<>();
                next = waiting;
            }
            return waiting;
        }
        var done = new Promise<Long>();
        flush(done);
        return done;
    }

    /** Syncs, adds a batch that vouches for the last one, and lets go of the files. The log has ended then. */
    @Override
    public Promise<Storage.Synced> close() {
        var last = sync();
        isClosing = true;
        return last.then(synced -> {
            var closed = new Promise<Storage.Synced>();
            isBusy = true;
            writeAndForce(batch, () -> {
                file().close();
                closed.complete(new Outcome.Ok<>(new Storage.Synced()));
            });
            return closed;
        });
    }

    private void flush(Promise<Long> done) {
        var sending = batch;
        if (sending.isEmpty()) {
            durableToken = Math.max(durableToken, sending.token);
            done.complete(new Outcome.Ok<>(durableToken));
            return;
        }
        isBusy = true;
        batch = new Batch(spareBytes(), mark, sending.token);
        whenSynced(
                List.of(snapshots.publish(sending.arrived)),
                () -> writeAndForce(sending, () -> {
                    durableToken = Math.max(durableToken, sending.token);
                    if (!sending.arrived.isEmpty()) {
                        durableSnapshot = sending.arrived.getLast().snapshot();
                        giveUpCovered(durableSnapshot.last().index());
                    }
                    done.complete(new Outcome.Ok<>(durableToken));
                }));
    }

    private void writeAndForce(Batch sending, Runnable done) {
        hasEnded = true;
        if (position >= settings.segmentBytes()) {
            file().truncate(position);
            file().close();
            beginSegment(sending.before.lastIndex());
        }
        boolean isNew = position == 0;
        var bytes = isNew ? firstOfSegment(sending) : sending.bytes.sealed(sequence + 1, isReused);
        sequence++;
        long end = position + bytes.remaining() - (isReused ? Frame.HEADER_BYTES : 0);
        boolean hasGrown = end > file().size();
        file().write(position, bytes);
        if (hasGrown) {
            preallocate(end);
        }
        position = end;
        hasEnded = false;
        var synced = file().sync();
        whenSynced(isNew ? List.of(synced, storage.sync()) : List.of(synced), () -> {
            isBusy = false;
            spare = sending.bytes;
            done.run();
            var waiting = next;
            if (waiting != null && !isBusy && !hasEnded) {
                next = null;
                flush(waiting);
            }
        });
    }

    /** What a batch that is on the disk needs no more, if it is not very large. */
    private BatchBytes spareBytes() {
        var bytes = spare;
        spare = null;
        if (bytes == null || bytes.recordBytes() > SPARE_BYTES_MAX) {
            return new BatchBytes();
        }
        bytes.clear();
        return bytes;
    }

    private ByteBuffer firstOfSegment(Batch sending) {
        var frame = new BatchBytes();
        Records.putStart(frame.sink(), sending.before);
        frame.sink().putAll(sending.bytes.records());
        var bytes = new ByteSink();
        SegmentHeader.put(bytes, settings.owner());
        bytes.putAll(frame.sealed(sequence + 1, isReused));
        return bytes.view();
    }

    /**
     * Writes zeros behind what was written, as many as there are bytes already, within bounds. A force of bytes that take the place of others need not
     * wait for the file system's own log, which is most of what a force of new ones costs.
     */
    private void preallocate(long end) {
        long most = Math.min(end, settings.preallocatedBytes());
        long wanted = Math.min(
                settings.segmentBytes(), end + Math.max(most, Math.min(ZEROS_BYTES, settings.preallocatedBytes())));
        for (long at = end; at < wanted; at = file().size()) {
            file().write(at, ByteBuffer.allocate((int) Math.min(ZEROS_BYTES, wanted - at)));
        }
    }

    private void whenSynced(List<Promise<Storage.Synced>> syncs, Runnable action) {
        Promise.all(syncs).whenDone(outcomes -> {
            for (var outcome : outcomes.orThrow()) {
                if (!(outcome instanceof Outcome.Ok)) {
                    hasEnded = true;
                    throw failedSync(outcome);
                }
            }
            action.run();
        });
    }

    private StorageException failedSync(Outcome<?> outcome) {
        var why = outcome instanceof Outcome.Unknown<?>(RpcError error) ? error.text() : outcome.toString();
        return new StorageException(
                StorageException.Kind.FAILED,
                "a sync of the log failed: " + why + ". Up to offset " + position + " of file " + where()
                        + " nobody knows what the last batch left on the disk, and it was acknowledged to nobody."
                        + " Look after the disk, and start the node anew: it reads what is there");
    }

    private String where() {
        return storage.describe(segments.getLast().name());
    }

    /** Gives up segments of which the snapshot covers all. */
    private void giveUpCovered(long index) {
        List<String> kept = new ArrayList<>();
        while (segments.size() > 1 && segments.get(1).lastIndexBefore() <= index) {
            var name = segments.removeFirst().name();
            if (settings.preallocatedBytes() > 0 && spares.hasRoom()) {
                kept.add(spares.keep(name));
            } else {
                storage.delete(name);
            }
        }
        if (!kept.isEmpty()) {
            whenSynced(List.of(storage.sync()), () -> spares.ready(kept));
        }
    }

    private void beginSegment(long lastIndexBefore) {
        segments.add(new Segment(sequence + 1, lastIndexBefore));
        var name = segments.getLast().name();
        isReused = spares.use(name);
        active = storage.open(name);
        position = 0;
    }

    private StorageFile file() {
        var file = active;
        if (file == null) {
            throw new IllegalStateException("the log is not open");
        }
        return file;
    }

    private void checkUsable() {
        if (hasEnded || isClosing || !recovered.isDone()) {
            throw new IllegalStateException(
                    recovered.isDone()
                            ? "the log of " + settings.owner() + " has ended: open it anew"
                            : "wait for recovered()");
        }
    }
}
