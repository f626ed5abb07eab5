package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Watermark;
import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Maker;
import dev.gyre.bench.stream.Partition;
import dev.gyre.bench.stream.Snapshots;

/** The feed as a source: a partition each. What an outbox refuses is made again. */
final class FeedP extends AbstractProcessor {
    private static final int BATCH = 1_024;

    private final boolean emitsWatermarks;
    private final Maker<?> maker;
    private int index;
    private Partition feed = Feed.open(0, 0);
    private long windowEnd;

    /** Makes one of what makes records, or none of some numbers: so Jet's own sources take a projection and a filter. It sends a watermark at the end of each window or leaves that to others. */
    FeedP(boolean emitsWatermarks, Maker<?> maker) {
        this.emitsWatermarks = emitsWatermarks;
        this.maker = maker;
    }

    static FeedP ofEvents(boolean emitsWatermarks) {
        return new FeedP(emitsWatermarks, Event::of);
    }

    static FeedP ofNumbers() {
        return new FeedP(false, (sequence, millis) -> Feed.number(sequence));
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
            if (!maker.isLeftOut(feed.sequence())) {
                var record = maker.make(feed.sequence(), millis);
                if (record != null && !tryEmit(record)) {
                    break;
                }
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
