package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/** Query 3: an auction, and who sells it. */
public record LocalItem(String name, String city, String state, long auction) implements Answer {
    @Override
    public long checksum() {
        return Feed.mix(Feed.mix(auction) + name.hashCode() + 31L * (city.hashCode() + 31L * state.hashCode()));
    }
}
