package dev.gyre.raft.storage;

import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.raft.core.PersistedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the segments of a log, in order, and changes nothing. A segment is named after its first batch, so that a missing one shows:
 * the next name does not follow on the last batch. One before a gap is left over from a deletion that a crash undid, unless entries
 * of it are needed.
 */
final class Recovery<E> implements SegmentWalk.Visitor {
    private final Storage storage;
    private final RaftLogSettings settings;
    private final EntryCodec<E> codec;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> leftovers = new ArrayList<>();
    private final SegmentWalk walk;
    private Replay<E> replay;
    private PersistedState<E> state;
    private long soundBytes;

    /**
     * A segment that holds something, or is to.
     *
     * @param first the sequence number of its first batch
     * @param lastIndexBefore the last entry before it
     */
    record Segment(long first, long lastIndexBefore) {
        String name() {
            return SegmentWalk.nameOf(first);
        }
    }

    Recovery(Storage storage, RaftLogSettings settings, EntryCodec<E> codec) {
        this.storage = storage;
        this.settings = settings;
        this.codec = codec;
        replay = new Replay<>(codec, settings.bootstrap());
        state = replay.state();
        walk = new SegmentWalk(storage, this);
    }

    /** Reads all; to be called once, before the accessors. */
    void run() {
        walk.run();
        if (!segments.isEmpty() && (!replay.isComplete() || (segments.getFirst().first > 1 && sequence() == 0))) {
            throw corrupt(storage, segments.getFirst().name(), 0, "a segment before this one is missing");
        }
        new SnapshotFiles(storage).verify(replay.mark().snapshot());
        try {
            state = replay.state();
        } catch (IllegalArgumentException senseless) {
            throw corrupt(
                    storage,
                    segments.getLast().name(),
                    soundBytes,
                    "the log makes no sense: " + senseless.getMessage());
        }
    }

    @Override
    public void gap(long last, long first) {
        segments.forEach(segment -> leftovers.add(segment.name()));
        segments.clear();
        replay = new Replay<>(codec, settings.bootstrap());
    }

    @Override
    public void segment(long first, int sizeBytes, Optional<SegmentHeader> header) {
        segments.add(new Segment(first, replay.mark().lastIndex()));
        soundBytes = header.map(SegmentHeader::end).orElse(0);
        boolean isKnown = header.isPresent() && header.get().version() == SegmentHeader.VERSION;
        if (isKnown && !header.orElseThrow().owner().equals(settings.owner())) {
            throw refused(
                    storage,
                    SegmentWalk.nameOf(first),
                    0,
                    "the log belongs to \"" + header.orElseThrow().owner() + "\" and not to \"" + settings.owner()
                            + "\": give each node a directory of its own. Nothing was changed");
        }
    }

    @Override
    public void batch(long first, int offset, Frame frame) {
        boolean isFirst = frame.sequence() == first;
        replay.apply(frame.payload(), isFirst);
        if (isFirst) {
            segments.set(segments.size() - 1, new Segment(first, replay.startIndex()));
        }
        soundBytes = frame.end();
    }

    @Override
    public void brokenBatch(long first, int offset, long batch, int payloadBytes) {
        // what it is worth is told next
    }

    @Override
    public void damage(long first, int offset, String what) {
        throw corrupt(storage, SegmentWalk.nameOf(first), offset, what);
    }

    @Override
    public void unused(long first, int offset, int sizeBytes) {
        soundBytes = offset;
    }

    @Override
    public void torn(long first, int offset, int sizeBytes) {
        soundBytes = offset;
    }

    static StorageException corrupt(Storage storage, String name, long offset, String what) {
        return refused(
                storage,
                name,
                offset,
                what
                        + ". Nothing was changed. If the file is damaged, restore it from"
                        + " a copy, or remove the node from the cluster and add it again with an empty directory");
    }

    private static StorageException refused(Storage storage, String name, long offset, String what) {
        return new StorageException(
                StorageException.Kind.CORRUPT, "file " + storage.describe(name) + ", offset " + offset + ": " + what);
    }

    /** What the log holds. */
    PersistedState<E> state() {
        return state;
    }

    /** Where the log stands. */
    Mark mark() {
        return replay.mark();
    }

    /** The segments that count, in order; the last one is written on. */
    List<Segment> segments() {
        return segments;
    }

    /** Files of no use any more. */
    List<String> leftovers() {
        return leftovers;
    }

    /** The last sound batch; 0 if there is none. */
    long sequence() {
        return walk.sequence();
    }

    /** How much of the last segment is sound. */
    long soundBytes() {
        return soundBytes;
    }
}
