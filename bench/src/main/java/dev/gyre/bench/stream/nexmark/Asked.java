package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Maker;
import org.jspecify.annotations.Nullable;

/**
 * What queries ask of the market. So sources filter, for all contenders by the same functions: what nobody asks for is not made, or not handed on. What queries 1 and 2
 * do with bids is not among them: it is the query, and so for the engine to do.
 */
public final class Asked {
    /** Query 0. */
    public static final Maker<MarketEvent> ALL = Market::event;

    /** Queries 1, 2, 5 and 7. */
    public static final Maker<Bid> BIDS = new Bids();

    /** Query 3. Bids are made all the same: if events came as fast as without them, what the query keeps for ever would fill the heap before all is checked. */
    public static final Maker<MarketEvent> LOCAL = Asked::local;

    /** Query 8: persons and auctions. Bids are made, as for query 3. */
    public static final Maker<MarketEvent> NO_BIDS = Asked::noBid;

    private Asked() {}

    private static @Nullable MarketEvent local(long sequence, long millis) {
        var event = Market.event(sequence, millis);
        return Query.isLocal(event) ? event : null;
    }

    private static @Nullable MarketEvent noBid(long sequence, long millis) {
        var event = Market.event(sequence, millis);
        return event instanceof Bid ? null : event;
    }

    private static final class Bids implements Maker<Bid> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean isLeftOut(long sequence) {
            return !Market.isBid(sequence);
        }

        @Override
        public Bid make(long sequence, long millis) {
            return Market.bid(sequence, millis);
        }
    }
}
