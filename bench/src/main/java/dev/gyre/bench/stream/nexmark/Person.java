package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/**
 * Somebody registers.
 *
 * @param id rises
 * @param state two letters
 */
public record Person(long id, String name, String email, String creditCard, String city, String state, long millis)
        implements MarketEvent {
    @Override
    public long checksum() {
        long texts = name.hashCode() + 31L * (email.hashCode() + 31L * creditCard.hashCode());
        return Feed.mix(Feed.mix(id * 31 + millis) + texts + 31L * (city.hashCode() + 31L * state.hashCode()));
    }
}
