package dev.gyre.raft.storage;

import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.HardState;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.PersistedState;
import dev.gyre.raft.core.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes a state of the batches of a log, one after the other. */
final class Replay<E> {
    private final EntryCodec<E> codec;
    private HardState hardState = HardState.INITIAL;
    private Snapshot snapshot;
    /** Entries from the one behind this on are in {@link #log}. */
    private long base;

    private final List<Entry<E>> log = new ArrayList<>();
    private boolean hasStarted;
    private long startIndex;

    Replay(EntryCodec<E> codec, Membership bootstrap) {
        this.codec = codec;
        snapshot = Snapshot.initial(bootstrap);
    }

    /**
     * Applies a batch; what it throws besides is that the batch makes no sense, though its checksum is right.
     *
     * @param isFirst whether it is the first of a segment, which has to say where the log stood
     */
    void apply(ByteBuffer payload, boolean isFirst) {
        boolean isStart = isFirst;
        while (payload.hasRemaining() || isStart) {
            var next = Records.next(payload, codec);
            if (isStart && !(next instanceof LogRecord.Start)) {
                throw new IllegalArgumentException("a segment's first batch does not say where the log stood");
            }
            isStart = false;
            apply(next);
        }
    }

    private void apply(LogRecord<E> next) {
        switch (next) {
            case LogRecord.Start<E> start -> start(start);
            case LogRecord.HardState<E>(var state) -> hardState = state;
            case LogRecord.Truncated<E>(long fromIndex) -> truncate(fromIndex);
            case LogRecord.Appended<E>(var entry) -> append(entry);
            case LogRecord.SnapshotKept<E>(var kept) -> snapshot = kept;
            case LogRecord.SnapshotInstalled<E>(var received) -> install(received);
        }
    }

    private void start(LogRecord.Start<E> start) {
        startIndex = start.lastIndex();
        if (!hasStarted) {
            hasStarted = true;
            hardState = start.hardState();
            snapshot = start.snapshot();
            base = start.lastIndex();
        }
    }

    private void truncate(long from) {
        if (from <= base) {
            base = from - 1;
            log.clear();
        } else if (from <= lastIndex()) {
            log.subList((int) (from - base - 1), log.size()).clear();
        }
    }

    private void install(Snapshot received) {
        snapshot = received;
        base = received.last().index();
        log.clear();
    }

    private void append(Entry<E> entry) {
        if (entry.index() != lastIndex() + 1) {
            throw new IllegalArgumentException("entry " + entry.index() + " follows entry " + lastIndex());
        }
        log.add(entry);
    }

    private long lastIndex() {
        return base + log.size();
    }

    Mark mark() {
        return new Mark(hardState, snapshot, lastIndex());
    }

    /** Where the log stood before the last segment, as its first record says. */
    long startIndex() {
        return startIndex;
    }

    /** Whether all entries behind the snapshot are there. */
    boolean isComplete() {
        return base <= snapshot.last().index();
    }

    PersistedState<E> state() {
        int covered = (int) Math.min(log.size(), snapshot.last().index() - base);
        return new PersistedState<>(hardState, snapshot, log.subList(covered, log.size()));
    }
}
