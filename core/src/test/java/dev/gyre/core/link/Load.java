package dev.gyre.core.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A payload for tests: numbered records of one size. */
record Load(long first, int count, String schema) {
    static final int RECORD_BYTES = 40;

    static final Payloads<Load> PAYLOADS = new Payloads<>() {
        @Override
        public int sizeBytes(Load load) {
            return load.count * RECORD_BYTES;
        }

        @Override
        public String schema(Load load) {
            return load.schema;
        }

        @Override
        public List<Load> split(Load load, int maxBytes) {
            int most = Math.max(1, maxBytes / RECORD_BYTES);
            List<Load> parts = new ArrayList<>();
            for (int i = 0; i < load.count; i += most) {
                parts.add(new Load(load.first + i, Math.min(most, load.count - i), load.schema));
            }
            return parts;
        }
    };

    static final PayloadCodec<Load> CODEC = new PayloadCodec<>() {
        @Override
        public byte[] encode(Load load) {
            var bytes = ByteBuffer.allocate(load.count * RECORD_BYTES);
            for (int i = 0; i < load.count; i++) {
                bytes.position(i * RECORD_BYTES).putLong(load.first + i).putInt(load.schema.charAt(0));
            }
            return bytes.array();
        }

        @Override
        public Load decode(ByteBuffer bytes) {
            if (bytes.remaining() % RECORD_BYTES != 0 || !bytes.hasRemaining()) {
                throw new IllegalArgumentException(bytes.remaining() + " bytes are no records of " + RECORD_BYTES);
            }
            int count = bytes.remaining() / RECORD_BYTES;
            return new Load(bytes.getLong(0), count, String.valueOf((char) bytes.getInt(8)));
        }
    };

    static Load of(long first, int count) {
        return new Load(first, count, "a");
    }
}
