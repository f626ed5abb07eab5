package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/** Query 2: a bid for a chosen auction. */
public record Selected(long auction, long price) implements Answer {
    @Override
    public long checksum() {
        return Feed.mix(Feed.mix(auction) + price);
    }
}
