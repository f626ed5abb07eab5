package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.nexmark.Auction;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.LocalItem;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.Person;
import dev.gyre.stream.api.KeyedFunction;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.State;
import java.util.ArrayList;
import java.util.List;

/** Query 3: an auction comes out as soon as its seller is known, and waits until then. Joins of the API are about time; this one is for ever. */
final class LocalJoin implements KeyedFunction<Long, MarketEvent, LocalJoin.Known, LocalItem> {
    private static final Waiting NOTHING = new Waiting(List.of());

    /** What is known of a person. */
    sealed interface Known {}

    /** Who it is; nothing waits. */
    record Seller(String name, String city, String state) implements Known {
        LocalItem of(long auction) {
            return new LocalItem(name, city, state, auction);
        }
    }

    /** Not yet who it is, if it ever will be, but these auctions. */
    record Waiting(List<Long> auctions) implements Known {
        Waiting and(long auction) {
            var more = new ArrayList<Long>(auctions.size() + 1);
            more.addAll(auctions);
            more.add(auction);
            return new Waiting(more);
        }
    }

    @Override
    public void apply(Long key, MarketEvent event, State<Known> state, Output<LocalItem> out) {
        var known = state.orElse(NOTHING);
        switch (event) {
            case Person person -> {
                var seller = new Seller(person.name(), person.city(), person.state());
                if (known instanceof Waiting waiting) {
                    waiting.auctions.forEach(auction -> out.emit(seller.of(auction)));
                }
                state.set(seller);
            }
            case Auction auction -> {
                switch (known) {
                    case Seller seller -> out.emit(seller.of(auction.id()));
                    case Waiting waiting -> state.set(waiting.and(auction.id()));
                }
            }
            case Bid bid -> throw new IllegalArgumentException("bids are not asked for: " + bid);
        }
    }
}
