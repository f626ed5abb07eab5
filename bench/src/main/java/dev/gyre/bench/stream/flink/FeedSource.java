package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Maker;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The feed as a source; each reader has one partition. */
final class FeedSource<T> implements Source<T, FeedSplit, Boolean> {
    private static final long serialVersionUID = 1;

    private final Maker<T> maker;
    private final boolean hasTimes;

    /** Always the same event. */
    static final class Events implements Maker<FlinkEvent> {
        private static final long serialVersionUID = 1;

        private transient FlinkEvent event = new FlinkEvent();

        @Override
        public FlinkEvent make(long sequence, long millis) {
            event.key = Feed.key(sequence);
            event.value = Feed.value(sequence);
            return event;
        }

        private Object readResolve() {
            return new Events();
        }
    }

    FeedSource(Maker<T> maker, boolean hasTimes) {
        this.maker = maker;
        this.hasTimes = hasTimes;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, FeedSplit> createReader(SourceReaderContext context) {
        return new FeedReader<>(maker, hasTimes);
    }

    @Override
    public SplitEnumerator<FeedSplit, Boolean> createEnumerator(SplitEnumeratorContext<FeedSplit> context) {
        return new FeedEnumerator(context, false);
    }

    @Override
    public SplitEnumerator<FeedSplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<FeedSplit> context, Boolean isAssigned) {
        return new FeedEnumerator(context, isAssigned);
    }

    @Override
    public SimpleVersionedSerializer<FeedSplit> getSplitSerializer() {
        return new FeedSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new FeedEnumerator.Serializer();
    }
}
