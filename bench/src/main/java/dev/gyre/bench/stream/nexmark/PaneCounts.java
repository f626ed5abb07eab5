package dev.gyre.bench.stream.nexmark;

import java.util.TreeMap;
import java.util.function.Consumer;

/** The first half of query 5: bids for each auction in each pane. */
public final class PaneCounts implements Stage<Bid, PaneCount> {
    private final TreeMap<Long, LongCounts> panes = new TreeMap<>();
    private LongCounts latest = new LongCounts();
    private long latestEnd = Long.MIN_VALUE;

    @Override
    public void accept(Bid bid) {
        long millis = bid.millis();
        if (millis >= latestEnd || millis < latestEnd - Query.HOT_SLIDE_MILLIS) {
            latestEnd = Query.end(millis, Query.HOT_SLIDE_MILLIS);
            latest = panes.computeIfAbsent(latestEnd, end -> new LongCounts());
        }
        latest.add(bid.auction(), 1);
    }

    @Override
    public boolean isEmpty() {
        return panes.isEmpty();
    }

    @Override
    public void flush(long endMillis, Consumer<? super PaneCount> out) {
        var over = panes.headMap(endMillis, true);
        over.forEach((end, counts) -> counts.forEach((auction, bids) -> out.accept(new PaneCount(end, auction, bids))));
        over.clear();
        latestEnd = Long.MIN_VALUE;
    }
}
