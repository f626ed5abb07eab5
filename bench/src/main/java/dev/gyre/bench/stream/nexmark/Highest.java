package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/**
 * Query 7: the highest bid of a window.
 *
 * @param endMillis of the window
 */
public record Highest(long endMillis, Bid bid) implements Answer {
    @Override
    public long checksum() {
        return Feed.mix(endMillis + bid.checksum());
    }
}
