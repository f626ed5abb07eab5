package dev.gyre.bench.stream.nexmark;

import org.jspecify.annotations.Nullable;

/**
 * What queries ask of the market: the event of that number, or what is made of it; nothing where nobody asks for it. So sources filter and project, for all contenders by the same
 * functions: what is left out is not handed to anybody.
 */
public final class Asked {
    private Asked() {}

    /** Bids. */
    public static @Nullable Bid bid(long sequence, long millis) {
        return Market.event(sequence, millis) instanceof Bid bid ? bid : null;
    }

    /** Query 1. */
    public static @Nullable Bid converted(long sequence, long millis) {
        return Market.event(sequence, millis) instanceof Bid bid ? Query.inEuros(bid) : null;
    }

    /** Query 2. */
    public static @Nullable Selected selected(long sequence, long millis) {
        return Market.event(sequence, millis) instanceof Bid bid && Query.isSelected(bid)
                ? new Selected(bid.auction(), bid.price())
                : null;
    }

    /** Query 3. */
    public static @Nullable MarketEvent local(long sequence, long millis) {
        var event = Market.event(sequence, millis);
        return Query.isLocal(event) ? event : null;
    }

    /** Persons and auctions. */
    public static @Nullable MarketEvent noBid(long sequence, long millis) {
        var event = Market.event(sequence, millis);
        return event instanceof Bid ? null : event;
    }
}
