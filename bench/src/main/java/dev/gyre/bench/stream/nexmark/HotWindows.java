package dev.gyre.bench.stream.nexmark;

import java.util.TreeMap;
import java.util.function.Consumer;

/** The second half of query 5: windows of panes, for some of the auctions, and the hottest of these. */
public final class HotWindows implements Stage<PaneCount, HotItem> {
    private final TreeMap<Long, LongCounts> panes = new TreeMap<>();
    private long shown = Long.MIN_VALUE / 2;

    @Override
    public void accept(PaneCount count) {
        panes.computeIfAbsent(count.endMillis(), end -> new LongCounts()).add(count.auction(), count.bids());
    }

    @Override
    public boolean isEmpty() {
        return panes.isEmpty();
    }

    @Override
    public void flush(long endMillis, Consumer<? super HotItem> out) {
        while (!panes.isEmpty()) {
            long end = Math.max(shown + Query.HOT_SLIDE_MILLIS, panes.firstKey());
            if (end > endMillis) {
                return;
            }
            show(end, out);
            shown = end;
            panes.headMap(end + Query.HOT_SLIDE_MILLIS - Query.HOT_MILLIS, true).clear();
        }
    }

    private void show(long end, Consumer<? super HotItem> out) {
        var window = new LongCounts();
        panes.headMap(end, true).values().forEach(pane -> pane.forEach(window::add));
        long most = window.most();
        window.forEach((auction, bids) -> {
            if (bids == most) {
                out.accept(new HotItem(end, auction, bids));
            }
        });
    }
}
