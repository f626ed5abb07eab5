package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/** Query 8: somebody who offered something in the window in which they registered; one for each offer. */
public record NewSeller(long person, String name, long reserve) implements Answer {
    @Override
    public long checksum() {
        return Feed.mix(Feed.mix(person * 1_000_003 + reserve) + name.hashCode());
    }
}
