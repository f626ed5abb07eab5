package dev.gyre.bench.stream.flink;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Gives each reader the partition of its number; a reader that was restored has it. */
final class FeedEnumerator implements SplitEnumerator<FeedSplit, Boolean> {
    private final SplitEnumeratorContext<FeedSplit> context;
    private final boolean isAssigned;

    FeedEnumerator(SplitEnumeratorContext<FeedSplit> context, boolean isAssigned) {
        this.context = context;
        this.isAssigned = isAssigned;
    }

    @Override
    public void addReader(int reader) {
        if (!isAssigned) {
            context.assignSplit(new FeedSplit(reader, 0), reader);
        }
        context.signalNoMoreSplits(reader);
    }

    @Override
    public void addSplitsBack(List<FeedSplit> splits, int reader) {
        throw new IllegalStateException("a reader has failed, and jobs are not restarted");
    }

    @Override
    public Boolean snapshotState(long checkpoint) {
        return true;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {}

    @Override
    public void close() {}

    static final class Serializer implements SimpleVersionedSerializer<Boolean> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Boolean isAssigned) {
            return new byte[] {(byte) (isAssigned ? 1 : 0)};
        }

        @Override
        public Boolean deserialize(int version, byte[] bytes) {
            return bytes[0] != 0;
        }
    }
}
