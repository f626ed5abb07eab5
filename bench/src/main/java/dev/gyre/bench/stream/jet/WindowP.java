package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Watermark;
import dev.gyre.bench.stream.LongTable;
import dev.gyre.bench.stream.Tally;
import dev.gyre.bench.stream.jet.CountP.WindowedCount;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The second stage of windows: adds up what the first stages have counted, and is the sink too. */
final class WindowP extends AbstractProcessor {
    private final TreeMap<Long, LongTable> windows = new TreeMap<>();
    private final Tally tally = Tally.open();

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            var part = (WindowedCount) item;
            windows.computeIfAbsent(part.endMillis(), end -> new LongTable()).add(part.key(), part.count());
        }
    }

    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
        show(windows.headMap(watermark.timestamp(), true));
        return super.tryProcessWatermark(watermark);
    }

    @Override
    public boolean complete() {
        show(windows);
        return true;
    }

    private void show(NavigableMap<Long, LongTable> over) {
        over.forEach((end, table) -> table.forEach((key, count) -> tally.window(end, key, count)));
        over.clear();
    }
}
