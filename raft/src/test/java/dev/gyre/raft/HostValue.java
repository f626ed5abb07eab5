package dev.gyre.raft;

import dev.gyre.raft.storage.EntryCodec;
import java.nio.ByteBuffer;

/** What is replicated: a number of its own each, and some ballast. */
sealed interface HostValue {
    /** The only kind. */
    record HostPut(long id, String ballast) implements HostValue {}

    /** Another encoding than JSON. */
    EntryCodec<HostPut> BINARY = new EntryCodec<>() {
        @Override
        public int maxBytes() {
            return 1000;
        }

        @Override
        public byte[] encode(HostPut value) {
            return ByteBuffer.allocate(Long.BYTES + value.ballast().length())
                    .putLong(value.id())
                    .put(new byte[value.ballast().length()])
                    .array();
        }

        @Override
        public HostPut decode(byte[] bytes) {
            if (bytes.length < Long.BYTES) {
                throw new IllegalArgumentException(bytes.length + " bytes are too few");
            }
            return new HostPut(ByteBuffer.wrap(bytes).getLong(), "x".repeat(bytes.length - Long.BYTES));
        }
    };
}
