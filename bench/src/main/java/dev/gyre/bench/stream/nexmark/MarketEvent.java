package dev.gyre.bench.stream.nexmark;

/** What happens in the auction house. */
public sealed interface MarketEvent extends Answer permits Person, Auction, Bid {
    /** Event time. */
    long millis();
}
