package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Watermark;
import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Partition;
import dev.gyre.bench.stream.Snapshots;
import dev.gyre.bench.stream.Workload;

/** The feed as a source: a partition each. What an outbox refuses is made again. */
final class FeedP extends AbstractProcessor {
    private static final int BATCH = 1_024;

    private final boolean emitsWatermarks;
    private final boolean emitsNumbers = Feed.workload() == Workload.STATELESS;
    private int index;
    private Partition feed = Feed.open(0, 0);
    private long windowEnd;

    /** Makes one, which sends a watermark at the end of each window or leaves that to others. */
    FeedP(boolean emitsWatermarks) {
        this.emitsWatermarks = emitsWatermarks;
    }

    @Override
    protected void init(Context context) {
        index = context.globalProcessorIndex();
        start(0);
    }

    private void start(long position) {
        feed = Feed.open(index, position);
        windowEnd = emitsWatermarks ? feed.windowEndMillis() : Long.MAX_VALUE;
    }

    @Override
    public boolean complete() {
        int count = feed.available(BATCH);
        for (int i = 0; i < count; i++) {
            long millis = feed.millis();
            if (millis >= windowEnd) {
                if (!tryEmit(new Watermark(windowEnd))) {
                    break;
                }
                windowEnd = feed.windowEndMillis();
            }
            long sequence = feed.sequence();
            if (!tryEmit(emitsNumbers ? (Object) Feed.number(sequence) : Event.of(sequence, millis))) {
                break;
            }
            feed.advance();
        }
        feed.count();
        return count == 0 && feed.hasEnded();
    }

    @Override
    public boolean saveToSnapshot() {
        Snapshots.began();
        return tryEmitToSnapshot(BroadcastKey.broadcastKey(index), feed.position());
    }

    @Override
    public boolean snapshotCommitFinish(boolean success) {
        Snapshots.completed();
        return true;
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        if (((BroadcastKey<?>) key).key().equals(index)) {
            start((Long) value);
        }
    }
}
