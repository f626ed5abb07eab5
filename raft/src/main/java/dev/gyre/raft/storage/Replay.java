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

    Replay(EntryCodec<E> codec, Membership bootstrap) {
        this.codec = codec;
        snapshot = Snapshot.initial(bootstrap);
    }

    /** Applies a batch; what it throws besides is that the batch makes no sense, though its checksum is right. */
    void apply(ByteBuffer payload) {
        while (payload.hasRemaining()) {
            int type = payload.get();
            switch (type) {
                case Records.START -> start(Records.start(payload));
                case Records.HARD_STATE -> hardState = Records.hardState(payload);
                case Records.TRUNCATE -> truncate(payload.getLong());
                case Records.SNAPSHOT_KEPT -> snapshot = Records.snapshot(payload);
                case Records.SNAPSHOT_INSTALLED -> install(Records.snapshot(payload));
                default -> append(Records.entry(type, payload, codec));
            }
        }
    }

    private void start(Mark mark) {
        if (!hasStarted) {
            hasStarted = true;
            hardState = mark.hardState();
            snapshot = mark.snapshot();
            base = mark.lastIndex();
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

    /** Whether all entries behind the snapshot are there. */
    boolean isComplete() {
        return base <= snapshot.last().index();
    }

    PersistedState<E> state() {
        int covered = (int) Math.min(log.size(), snapshot.last().index() - base);
        return new PersistedState<>(hardState, snapshot, log.subList(covered, log.size()));
    }
}
