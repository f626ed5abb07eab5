package dev.gyre.bench.stream.flink;

import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A partition, from a position on. */
record FeedSplit(int index, long position) implements SourceSplit {
    @Override
    public String splitId() {
        return Integer.toString(index);
    }

    static final class Serializer implements SimpleVersionedSerializer<FeedSplit> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(FeedSplit split) {
            return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                    .putInt(split.index)
                    .putLong(split.position)
                    .array();
        }

        @Override
        public FeedSplit deserialize(int version, byte[] bytes) {
            var buffer = ByteBuffer.wrap(bytes);
            return new FeedSplit(buffer.getInt(), buffer.getLong());
        }
    }
}
