package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Maker;
import dev.gyre.bench.stream.Partition;
import dev.gyre.bench.stream.Snapshots;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads a partition. It emits many records a call, which Flink allows and which saves a turn of its mailbox a record. */
final class FeedReader<T> implements SourceReader<T, FeedSplit> {
    private static final int BATCH = 256;
    private static final long IDLE_MICROS = 100;
    private static final Executor LATER = CompletableFuture.delayedExecutor(IDLE_MICROS, TimeUnit.MICROSECONDS);

    private final Maker<T> maker;
    private final boolean hasTimes;
    private final CompletableFuture<Void> hasSplit = new CompletableFuture<>();
    private @Nullable Partition feed;
    private int index;
    private long windowEnd;

    FeedReader(Maker<T> maker, boolean hasTimes) {
        this.maker = maker;
        this.hasTimes = hasTimes;
    }

    @Override
    public void addSplits(List<FeedSplit> splits) {
        var split = splits.getFirst();
        index = split.index();
        var opened = Feed.open(index, split.position());
        windowEnd = hasTimes ? opened.windowEndMillis() : Long.MAX_VALUE;
        feed = opened;
        hasSplit.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> out) {
        var from = feed;
        if (from == null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        int count = from.available(BATCH);
        if (count == 0) {
            return from.hasEnded() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        if (hasTimes) {
            emitWithTimes(from, count, out);
        } else {
            for (int i = 0; i < count; i++) {
                if (!maker.isLeftOut(from.sequence())) {
                    var record = maker.make(from.sequence(), from.millis());
                    if (record != null) {
                        out.collect(record);
                    }
                }
                from.advance();
            }
        }
        from.count();
        return InputStatus.MORE_AVAILABLE;
    }

    private void emitWithTimes(Partition from, int count, ReaderOutput<T> out) {
        for (int i = 0; i < count; i++) {
            long millis = from.millis();
            if (millis >= windowEnd) {
                out.emitWatermark(new Watermark(windowEnd - 1)); // of times at or before it nothing comes
                windowEnd = from.windowEndMillis();
            }
            if (!maker.isLeftOut(from.sequence())) {
                var record = maker.make(from.sequence(), millis);
                if (record != null) {
                    out.collect(record, millis);
                }
            }
            from.advance();
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return hasSplit.isDone() ? CompletableFuture.runAsync(() -> {}, LATER) : hasSplit;
    }

    @Override
    public List<FeedSplit> snapshotState(long checkpoint) {
        Snapshots.began();
        return feed == null ? List.of() : List.of(new FeedSplit(index, feed.position()));
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        Snapshots.completed();
    }

    @Override
    public void start() {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
}
