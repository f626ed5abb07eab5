package dev.gyre.bench.stream.nexmark;

import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Query 7: the highest bid of each window.
 *
 * @param <I> bids, or what others found to be the highest of theirs
 */
public final class HighestBids<I extends Answer> implements Stage<I, Highest> {
    private final TreeMap<Long, Bid> windows = new TreeMap<>();
    private @Nullable Bid latest;
    private long latestEnd = Long.MIN_VALUE;

    @Override
    public void accept(I answer) {
        switch ((Answer) answer) {
            case Bid bid -> add(bid);
            case Highest(long end, var bid) -> windows.merge(end, bid, Bid::highest);
            default -> throw new IllegalArgumentException("neither a bid nor the highest one: " + answer);
        }
    }

    private void add(Bid bid) {
        long millis = bid.millis();
        if (latest != null && millis < latestEnd && millis >= latestEnd - Query.WINDOW_MILLIS) {
            latest = Bid.highest(latest, bid);
        } else {
            store();
            latestEnd = Query.end(millis, Query.WINDOW_MILLIS);
            latest = bid;
        }
    }

    private void store() {
        if (latest != null) {
            windows.merge(latestEnd, latest, Bid::highest);
            latest = null;
        }
    }

    @Override
    public boolean isEmpty() {
        return latest == null && windows.isEmpty();
    }

    @Override
    public void flush(long endMillis, Consumer<? super Highest> out) {
        store();
        var over = windows.headMap(endMillis, true);
        over.forEach((end, bid) -> out.accept(new Highest(end, bid)));
        over.clear();
    }
}
