package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/**
 * Something is offered.
 *
 * @param id rises
 * @param initialBid in cents
 * @param reserve in cents
 * @param millis when it begins
 * @param expires when it ends, in milliseconds of event time
 * @param seller a person
 */
public record Auction(
        long id,
        String item,
        String description,
        long initialBid,
        long reserve,
        long millis,
        long expires,
        long seller,
        long category)
        implements MarketEvent {
    @Override
    public long checksum() {
        long texts = item.hashCode() * 31L + description.hashCode();
        return Feed.mix(Feed.mix(Feed.mix(id * 31 + seller) + reserve * 31 + initialBid) + expires * 31 + millis)
                + category * 31
                + texts;
    }
}
