package dev.gyre.raft.storage;

import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the segments of a log, in order, and changes nothing. A segment is named after its first batch, so that a missing one shows:
 * the next name does not follow on the last batch. One before a gap is left over from a deletion that a crash undid, unless entries
 * of it are needed.
 */
final class Recovery<E> {
    private static final String PREFIX = "log-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{19})");

    private final Storage storage;
    private final RaftLogSettings settings;
    private final EntryCodec<E> codec;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> leftovers = new ArrayList<>();
    private Replay<E> replay;
    private long sequence;
    private long soundBytes;

    /**
     * A segment that holds something, or is to.
     *
     * @param first the sequence number of its first batch
     * @param lastIndexBefore the last entry before it
     */
    record Segment(long first, long lastIndexBefore) {
        String name() {
            return nameOf(first);
        }
    }

    Recovery(Storage storage, RaftLogSettings settings, EntryCodec<E> codec) {
        this.storage = storage;
        this.settings = settings;
        this.codec = codec;
        replay = new Replay<>(codec, settings.bootstrap());
    }

    static String nameOf(long first) {
        return PREFIX + "%019d".formatted(first);
    }

    /** Reads all; to be called once, before the accessors. */
    void run() {
        var firsts = storage.list().stream()
                .map(NAME::matcher)
                .filter(name -> name.matches())
                .map(name -> Long.parseLong(name.group(1)))
                .toList();
        for (int i = 0; i < firsts.size(); i++) {
            read(firsts.get(i), i == firsts.size() - 1);
        }
        if (!segments.isEmpty() && (!replay.isComplete() || (segments.getFirst().first > 1 && sequence == 0))) {
            throw corrupt(segments.getFirst().name(), 0, "a segment before this one is missing");
        }
    }

    private void read(long first, boolean isLast) {
        if (first != sequence + 1) {
            segments.forEach(segment -> leftovers.add(segment.name()));
            segments.clear();
            replay = new Replay<>(codec, settings.bootstrap());
            sequence = 0;
        }
        var segment = new Segment(first, replay.mark().lastIndex());
        segments.add(segment);
        var bytes = content(segment.name());
        var header = SegmentHeader.of(bytes);
        header.ifPresent(found -> check(segment, found));
        soundBytes = header.map(SegmentHeader::end).orElse(0);
        if (header.isPresent()) {
            readFrames(segment, bytes);
        }
        if (soundBytes < bytes.limit() || first > sequence) {
            checkTail(segment, bytes, isLast);
        }
    }

    private void readFrames(Segment segment, ByteBuffer bytes) {
        long expected = segment.first;
        var frame = Frame.at(bytes, (int) soundBytes);
        while (frame.isPresent() && frame.get().sequence() == expected) {
            try {
                replay.apply(frame.get().payload());
                if (expected == segment.first) {
                    segments.set(segments.size() - 1, new Segment(expected, startOf(frame.get())));
                }
            } catch (IllegalArgumentException | BufferUnderflowException senseless) {
                throw corrupt(segment.name(), soundBytes, "the batch makes no sense: " + senseless);
            }
            sequence = expected++;
            soundBytes = frame.get().end();
            frame = Frame.at(bytes, (int) soundBytes);
        }
        if (frame.isPresent()) {
            throw corrupt(
                    segment.name(),
                    soundBytes,
                    "batch " + frame.get().sequence() + " stands where " + expected + " is expected");
        }
    }

    /** Where the log stood before a segment, which the first record of its first batch says. */
    private static long startOf(Frame frame) {
        var payload = frame.payload().duplicate().rewind();
        if (!payload.hasRemaining() || payload.get() != Records.START) {
            throw new IllegalArgumentException("a segment's first batch does not say where the log stood");
        }
        return Records.start(payload).lastIndex();
    }

    private void check(Segment segment, SegmentHeader header) {
        if (header.version() != SegmentHeader.VERSION) {
            throw corrupt(
                    segment.name(),
                    0,
                    "the format has version " + header.version() + ", and this program knows version "
                            + SegmentHeader.VERSION + " alone: use the program that wrote it");
        }
        if (!header.owner().equals(settings.owner())) {
            throw corrupt(
                    segment.name(),
                    0,
                    "the log belongs to \"" + header.owner() + "\" and not to \"" + settings.owner()
                            + "\": give each node a directory of its own");
        }
    }

    /** What is not sound at the end of a segment may be cut off if nobody can have relied on it. */
    private void checkTail(Segment segment, ByteBuffer bytes, boolean isLast) {
        long lost = Math.max(sequence, segment.first - 1) + 1;
        if (!isLast) {
            throw corrupt(segment.name(), soundBytes, "batch " + lost + " is damaged, and a later segment follows");
        }
        if (Frame.hasLaterBehind(bytes, (int) soundBytes - 1, lost)) {
            throw corrupt(segment.name(), soundBytes, "batch " + lost + " is damaged, and later ones follow");
        }
        soundBytes = sequence < segment.first ? 0 : soundBytes;
    }

    private ByteBuffer content(String name) {
        try (var file = storage.open(name)) {
            var bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, bytes);
            return bytes.flip();
        }
    }

    static StorageException corrupt(String file, long offset, String what) {
        return new StorageException(
                StorageException.Kind.CORRUPT,
                "file " + file + ", offset " + offset + ": " + what
                        + ". Nothing was changed. If the file is damaged, restore it from"
                        + " a copy, or remove the node from the cluster and add it again with an empty directory");
    }

    Replay<E> replay() {
        return replay;
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
        return sequence;
    }

    /** How much of the last segment is sound. */
    long soundBytes() {
        return soundBytes;
    }
}
