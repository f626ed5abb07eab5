package dev.gyre.bench.stream.nexmark;

import org.jspecify.annotations.Nullable;

/**
 * What queries ask of the market: the event of that number, or nothing where nobody asks for it. So sources filter, for all contenders by the same
 * functions: what is left out is not handed to anybody. What queries 1 and 2 do with bids is not among them: it is the query, and so for the engine to do.
 */
public final class Asked {
    private Asked() {}

    /** Queries 1, 2, 5 and 7: bids. */
    public static @Nullable Bid bid(long sequence, long millis) {
        return Market.bid(sequence, millis);
    }

    /** Query 3. */
    public static @Nullable MarketEvent local(long sequence, long millis) {
        var event = Market.personOrAuction(sequence, millis);
        return event != null && Query.isLocal(event) ? event : null;
    }

    /** Query 8: persons and auctions. */
    public static @Nullable MarketEvent noBid(long sequence, long millis) {
        return Market.personOrAuction(sequence, millis);
    }
}
