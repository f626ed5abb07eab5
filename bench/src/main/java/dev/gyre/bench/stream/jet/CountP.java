package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Watermark;
import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.LongTable;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The first stage of windows: counts what comes from one source, for all keys, and sends the counts when a window is over. */
final class CountP extends AbstractProcessor {
    private final long lengthMillis = Feed.workload().windowMillis();
    private final TreeMap<Long, LongTable> windows = new TreeMap<>();
    private LongTable latest = new LongTable();
    private long latestEnd = Long.MIN_VALUE;
    private @Nullable Traverser<WindowedCount> leaving;

    /** The count of a key in a window, or in a part of it. */
    record WindowedCount(long endMillis, long key, long count) {}

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            var event = (Event) item;
            long millis = event.millis();
            if (millis >= latestEnd || millis < latestEnd - lengthMillis) {
                latestEnd = (millis / lengthMillis + 1) * lengthMillis;
                latest = windows.computeIfAbsent(latestEnd, end -> new LongTable());
            }
            latest.add(event.key(), 1);
        }
    }

    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
        return emit(windows.headMap(watermark.timestamp(), true)) && super.tryProcessWatermark(watermark);
    }

    @Override
    public boolean complete() {
        return emit(windows);
    }

    private boolean emit(NavigableMap<Long, LongTable> over) {
        var counts = leaving;
        if (counts == null) {
            List<WindowedCount> all = new ArrayList<>();
            over.forEach((end, table) -> table.forEach((key, count) -> all.add(new WindowedCount(end, key, count))));
            counts = Traversers.traverseIterable(all);
        }
        if (!emitFromTraverser(counts)) {
            leaving = counts;
            return false;
        }
        leaving = null;
        over.clear();
        latestEnd = Long.MIN_VALUE;
        return true;
    }
}
