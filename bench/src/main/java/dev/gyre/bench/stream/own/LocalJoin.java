package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.nexmark.Auction;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.LocalItem;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.Person;
import dev.gyre.stream.api.KeyedFunction;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.State;

/** Query 3: an auction comes out as soon as its seller is known, and waits until then. Joins of the API are about time; this one is for ever. */
final class LocalJoin implements KeyedFunction<Long, MarketEvent, LocalJoin.Known, LocalItem> {
    private static final Known NOTHING = new Nothing();

    /** What is known of a person. */
    sealed interface Known {}

    /** Who it is; nothing waits. */
    record Seller(String name, String city, String state) implements Known {
        LocalItem of(long auction) {
            return new LocalItem(name, city, state, auction);
        }
    }

    /** Nothing yet. */
    record Nothing() implements Known {}

    /** Not yet who it is, if it ever will be, but an auction, and what was known before: states are replaced, and so nothing is copied. */
    record Waiting(long auction, Known before) implements Known {}

    @Override
    public void apply(Long key, MarketEvent event, State<Known> state, Output<LocalItem> out) {
        var known = state.orElse(NOTHING);
        switch (event) {
            case Person person -> {
                var seller = new Seller(person.name(), person.city(), person.state());
                for (var next = known; next instanceof Waiting waiting; next = waiting.before()) {
                    out.emit(seller.of(waiting.auction()));
                }
                state.set(seller);
            }
            case Auction auction -> {
                if (known instanceof Seller seller) {
                    out.emit(seller.of(auction.id()));
                } else {
                    state.set(new Waiting(auction.id(), known));
                }
            }
            case Bid bid -> throw new IllegalArgumentException("bids are not asked for: " + bid);
        }
    }
}
