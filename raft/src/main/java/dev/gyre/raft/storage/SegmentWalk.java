package dev.gyre.raft.storage;

import dev.gyre.core.Storage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Walks through the segments of a log, in order, changes nothing, and tells a visitor what is there. It decides what is damaged and what
 * is torn; what follows from that is the visitor's. One that goes on after a damage is told what can be read behind it.
 */
final class SegmentWalk {
    private static final String PREFIX = "log-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{19})");

    private final Storage storage;
    private final Visitor visitor;
    private long sequence;

    /** Is told what there is, in order. Offsets are in the file. */
    interface Visitor {
        /** The next segment begins with batch {@code first}, and not with the one after {@code sequence}. */
        void gap(long sequence, long first);

        /** A segment, before its batches; without a header, there are none unless it is damaged. */
        void segment(long first, int sizeBytes, Optional<SegmentHeader> header);

        /**
         * A batch whose checksums are right.
         *
         * @throws IllegalArgumentException when it makes no sense; a {@code BufferUnderflowException} says the same
         */
        void batch(long first, int offset, Frame frame);

        /** A batch whose header alone is sound; a damage or a torn end follows. */
        void brokenBatch(long first, int offset, long batch, int payloadBytes);

        /** What was sound once is not. */
        void damage(long first, int offset, String what);

        /** Nothing but zeros follows, up to the end of the segment: space that was written ahead. */
        void unused(long first, int offset, int sizeBytes);

        /** The end of the last segment was never whole: from here on it may be cut off. */
        void torn(long first, int offset, int sizeBytes);
    }

    SegmentWalk(Storage storage, Visitor visitor) {
        this.storage = storage;
        this.visitor = visitor;
    }

    /** The name of a segment, by its first batch. */
    static String nameOf(long first) {
        return PREFIX + "%019d".formatted(first);
    }

    static boolean isSegment(String name) {
        return NAME.matcher(name).matches();
    }

    /** Walks; to be called once. */
    void run() {
        var firsts = storage.list().stream()
                .map(NAME::matcher)
                .filter(name -> name.matches())
                .map(name -> Long.parseLong(name.group(1)))
                .toList();
        for (int i = 0; i < firsts.size(); i++) {
            read(firsts.get(i), i == firsts.size() - 1);
        }
    }

    /** The last batch since the last gap; 0 if there is none. */
    long sequence() {
        return sequence;
    }

    private void read(long first, boolean isLast) {
        if (first != sequence + 1) {
            visitor.gap(sequence, first);
            sequence = 0;
        }
        var bytes = content(nameOf(first));
        var header = SegmentHeader.of(bytes);
        visitor.segment(first, bytes.limit(), header);
        if (header.isPresent() && header.get().version() != SegmentHeader.VERSION) {
            visitor.damage(
                    first,
                    0,
                    "the format has version " + header.get().version() + ", and this program knows version "
                            + SegmentHeader.VERSION + " alone: use the program that wrote it");
            return;
        }
        new Batches(first, bytes, isLast, header.map(SegmentHeader::end).orElse(0)).read(header.isPresent());
    }

    private ByteBuffer content(String name) {
        try (var file = storage.open(name)) {
            // what is added from here on is not looked at: so nothing is seen before what was written earlier
            var bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, bytes);
            return bytes.flip();
        }
    }

    /** The batches of one segment. */
    private final class Batches {
        private final long first;
        private final ByteBuffer bytes;
        private final boolean isLast;
        private long expected;
        private int at;

        Batches(long first, ByteBuffer bytes, boolean isLast, int start) {
            this.first = first;
            this.bytes = bytes;
            this.isLast = isLast;
            expected = first;
            at = start;
        }

        void read(boolean hasHeader) {
            if (!hasHeader && !unsound(-1)) {
                return;
            }
            while (at < bytes.limit() || sequence < first) {
                var frame = Frame.at(bytes, at);
                if (frame.isPresent() && isOfEarlierUse(frame.get())) {
                    visitor.torn(first, sequence < first ? 0 : at, bytes.limit());
                    return;
                } else if (frame.isPresent()) {
                    sound(frame.get());
                } else if (sequence >= first && isUnused()) {
                    visitor.unused(first, at, bytes.limit());
                    return;
                } else if (!unsound(at)) {
                    return;
                }
            }
        }

        /**
         * Zeros alone follow; or a header of zeros, which ends a segment that is used again, and behind it only what is left of its earlier use. If
         * batches were lost here, the next segment does not follow on this one.
         */
        private boolean isUnused() {
            int zeros = 0;
            while (at + zeros < bytes.limit() && bytes.get(at + zeros) == 0) {
                zeros++;
            }
            return at + zeros == bytes.limit()
                    || (zeros >= Frame.HEADER_BYTES
                            && Frame.nextBehind(bytes, at, expected).isEmpty());
        }

        /** A segment that is used again, and its new content did not come, or not all of it: nobody can have relied on that. */
        private boolean isOfEarlierUse(Frame frame) {
            return isLast
                    && frame.sequence() < expected
                    && Frame.nextBehind(bytes, at, expected).isEmpty();
        }

        private void sound(Frame frame) {
            if (frame.sequence() != expected) {
                visitor.damage(first, at, "batch " + frame.sequence() + " stands where " + expected + " is expected");
            }
            try {
                visitor.batch(first, at, frame);
            } catch (IllegalArgumentException | BufferUnderflowException senseless) {
                visitor.damage(first, at, "the batch makes no sense: " + senseless);
            }
            sequence = frame.sequence();
            expected = sequence + 1;
            at = frame.end();
        }

        /**
         * There is no sound batch here. What nobody can have relied on is torn.
         *
         * @param searched no batch behind the damage begins up to here
         * @return whether there is one
         */
        private boolean unsound(int searched) {
            if (Frame.hasHeaderAt(bytes, at)) {
                visitor.brokenBatch(first, at, Frame.sequenceAt(bytes, at), Frame.lengthAt(bytes, at));
            }
            if (!isLast) {
                visitor.damage(first, at, "batch " + expected + " is damaged, and a later segment follows");
            } else if (Frame.nextBehind(bytes, at - 1, expected + 1).isPresent()) {
                visitor.damage(first, at, "batch " + expected + " is damaged, and later ones follow");
            } else {
                visitor.torn(first, sequence < first ? 0 : at, bytes.limit());
                at = bytes.limit();
                return false;
            }
            var next = Frame.nextBehind(bytes, searched, expected);
            at = next.orElse(bytes.limit());
            expected = next.isPresent() ? Frame.sequenceAt(bytes, at) : expected;
            return next.isPresent();
        }
    }
}
