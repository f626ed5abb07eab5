package dev.gyre.raft.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The beginning of a segment: magic, version of the format, length and bytes of the owner's name, CRC32C of all that. */
record SegmentHeader(int version, String owner, int end) {
    /** The only version so far. */
    static final int VERSION = 1;

    private static final int MAGIC = 0x47795253;
    private static final int FIXED_BYTES = 12;

    static void put(ByteSink sink, String owner) {
        int from = sink.size();
        sink.putInt(MAGIC);
        sink.putInt(VERSION);
        sink.putText(owner);
        sink.putInt(Frame.crc(sink.view().position(from)));
    }

    /** The header of a file, if it has a sound one. */
    static Optional<SegmentHeader> of(ByteBuffer file) {
        if (file.limit() < FIXED_BYTES || file.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        int length = file.getInt(8);
        if (length < 0 || length > file.limit() - FIXED_BYTES - Integer.BYTES) {
            return Optional.empty();
        }
        int end = FIXED_BYTES + length;
        if (Frame.crc(file.slice(0, end)) != file.getInt(end)) {
            return Optional.empty();
        }
        var owner = new byte[length];
        file.get(FIXED_BYTES, owner);
        return Optional.of(
                new SegmentHeader(file.getInt(4), new String(owner, StandardCharsets.UTF_8), end + Integer.BYTES));
    }
}
