package dev.gyre.bench.stream.nexmark;

import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Query 7: the highest bid of each window.
 *
 * @param <I> bids, or what others found to be the highest of theirs
 */
public final class HighestBids<I extends Answer> implements Stage<I, Highest> {
    private final TreeMap<Long, long[]> windows = new TreeMap<>();
    private long[] latest = HighestBid.ofNone();
    private long latestEnd = Long.MIN_VALUE;

    @Override
    public void accept(I answer) {
        switch ((Answer) answer) {
            case Bid bid -> add(bid);
            case Highest(long end, var bid) -> HighestBid.add(window(end), bid);
            default -> throw new IllegalArgumentException("neither a bid nor the highest one: " + answer);
        }
    }

    private void add(Bid bid) {
        long millis = bid.millis();
        if (millis >= latestEnd || millis < latestEnd - Query.WINDOW_MILLIS) {
            latestEnd = Query.end(millis, Query.WINDOW_MILLIS);
            latest = window(latestEnd);
        }
        HighestBid.add(latest, bid);
    }

    private long[] window(long end) {
        return windows.computeIfAbsent(end, absent -> HighestBid.ofNone());
    }

    @Override
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    @Override
    public void flush(long endMillis, Consumer<? super Highest> out) {
        var over = windows.headMap(endMillis, true);
        over.forEach((end, highest) -> out.accept(new Highest(end, HighestBid.bid(highest))));
        over.clear();
        if (latestEnd <= endMillis) {
            latestEnd = Long.MIN_VALUE;
        }
    }
}
