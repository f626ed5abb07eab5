package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/**
 * A bid.
 *
 * @param auction for what
 * @param bidder by whom
 * @param price in cents, or in euro cents where it was converted
 */
public record Bid(long auction, long bidder, long price, long millis) implements MarketEvent {
    @Override
    public long checksum() {
        return Feed.mix(Feed.mix(auction * 1_000_003 + bidder) + price * 1_000_003 + millis);
    }

    /** The bid that wins of two, whichever comes first: the higher one; of equal prices the earlier one; what comes then is of no meaning, but the same for all. */
    public static Bid highest(Bid one, Bid other) {
        if (one.price != other.price) {
            return one.price > other.price ? one : other;
        }
        return isBefore(one, other) ? one : other;
    }

    private static boolean isBefore(Bid one, Bid other) {
        if (one.millis != other.millis) {
            return one.millis < other.millis;
        }
        return one.auction != other.auction ? one.auction < other.auction : one.bidder < other.bidder;
    }
}
