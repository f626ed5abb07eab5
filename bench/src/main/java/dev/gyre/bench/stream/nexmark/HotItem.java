package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/**
 * Query 5: an auction for which no fewer bids came in a window than for any other.
 *
 * @param endMillis of the window
 */
public record HotItem(long endMillis, long auction, long bids) implements Answer {
    @Override
    public long checksum() {
        return Feed.mix(Feed.mix(endMillis * 1_000_003 + auction) + bids);
    }
}
