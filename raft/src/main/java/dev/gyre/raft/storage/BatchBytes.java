package dev.gyre.raft.storage;

import java.nio.ByteBuffer;

/** The bytes of a batch that is being put together: room for the header of its frame, then its records. So a batch goes to the disk without a copy. */
final class BatchBytes {
    private static final byte[] NO_HEADER = new byte[Frame.HEADER_BYTES];

    private final ByteSink bytes = new ByteSink();

    BatchBytes() {
        clear();
    }

    /** Makes it an empty batch, which keeps the memory. */
    void clear() {
        bytes.clear();
        bytes.putAll(ByteBuffer.wrap(NO_HEADER));
    }

    /** Where records are put. */
    ByteSink sink() {
        return bytes;
    }

    int recordBytes() {
        return bytes.size() - Frame.HEADER_BYTES;
    }

    /** A view of the records. */
    ByteBuffer records() {
        return bytes.view().position(Frame.HEADER_BYTES);
    }

    /**
     * The whole frame, as the batch with this number; nothing can be added then.
     *
     * @param hasEndMark whether a header of zeros follows: where a segment is written on again, what is left of its earlier use must not pass for
     *     something that was lost
     */
    ByteBuffer sealed(long sequence, boolean hasEndMark) {
        Frame.seal(bytes.view(), sequence);
        if (hasEndMark) {
            bytes.putAll(ByteBuffer.wrap(NO_HEADER));
        }
        return bytes.view();
    }
}
