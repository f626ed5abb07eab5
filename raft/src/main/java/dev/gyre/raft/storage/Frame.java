package dev.gyre.raft.storage;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * A batch as it is on the disk: magic, length of the payload, sequence number, CRC32C of the payload, CRC32C of these 20 bytes; then
 * the payload. All numbers are big-endian. Zeros, which a lost write leaves, are no frame.
 *
 * @param end the offset behind it
 */
record Frame(long sequence, ByteBuffer payload, int end) {
    static final int HEADER_BYTES = 24;

    /** The most bytes of a payload: a batch is put together in memory. */
    static final int MAX_PAYLOAD_BYTES = 1 << 28;

    private static final int MAGIC = 0x47795242;
    private static final int LENGTH_AT = 4;
    private static final int SEQUENCE_AT = 8;
    private static final int PAYLOAD_CRC_AT = 16;
    private static final int HEADER_CRC_AT = 20;

    static int crc(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Fills in the header of a frame, whose payload is there. */
    static void seal(ByteBuffer frame, long sequence) {
        var payload = frame.slice(HEADER_BYTES, frame.limit() - HEADER_BYTES);
        frame.putInt(0, MAGIC);
        frame.putInt(LENGTH_AT, payload.remaining());
        frame.putLong(SEQUENCE_AT, sequence);
        frame.putInt(PAYLOAD_CRC_AT, crc(payload));
        frame.putInt(HEADER_CRC_AT, crc(frame.slice(0, HEADER_CRC_AT)));
    }

    /** The frame at an offset of a file, if there is a sound one. */
    static Optional<Frame> at(ByteBuffer file, int offset) {
        if (!hasHeaderAt(file, offset)) {
            return Optional.empty();
        }
        int length = lengthAt(file, offset);
        int from = offset + HEADER_BYTES;
        if (length < 0 || length > file.limit() - from) {
            return Optional.empty();
        }
        var payload = file.slice(from, length);
        return crc(payload) == file.getInt(offset + PAYLOAD_CRC_AT)
                ? Optional.of(new Frame(sequenceAt(file, offset), payload, from + length))
                : Optional.empty();
    }

    /** Where the first batch behind an offset begins whose number is at least {@code sequence}; its payload may be incomplete. */
    static OptionalInt nextBehind(ByteBuffer file, int offset, long sequence) {
        for (int at = offset + 1; at <= file.limit() - HEADER_BYTES; at++) {
            if (hasHeaderAt(file, at) && sequenceAt(file, at) >= sequence) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    static boolean hasHeaderAt(ByteBuffer file, int offset) {
        return offset <= file.limit() - HEADER_BYTES
                && file.getInt(offset) == MAGIC
                && crc(file.slice(offset, HEADER_CRC_AT)) == file.getInt(offset + HEADER_CRC_AT);
    }

    /** The number of the batch whose header is there. */
    static long sequenceAt(ByteBuffer file, int offset) {
        return file.getLong(offset + SEQUENCE_AT);
    }

    /** The length of the payload of the batch whose header is there. */
    static int lengthAt(ByteBuffer file, int offset) {
        return file.getInt(offset + LENGTH_AT);
    }
}
