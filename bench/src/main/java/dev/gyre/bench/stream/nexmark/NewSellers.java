package dev.gyre.bench.stream.nexmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Query 8, for some of the persons: who registered in a window, and what they offered in it. */
public final class NewSellers implements Stage<MarketEvent, NewSeller> {
    private final TreeMap<Long, Map<Long, Offers>> windows = new TreeMap<>();

    private static final class Offers {
        private final List<Auction> auctions = new ArrayList<>(1);
        private @Nullable Person seller;

        private void show(Consumer<? super NewSeller> out) {
            if (seller != null) {
                for (var auction : auctions) {
                    out.accept(new NewSeller(seller.id(), seller.name(), auction.reserve()));
                }
            }
        }
    }

    @Override
    public void accept(MarketEvent event) {
        var offers = windows.computeIfAbsent(Query.end(event.millis(), Query.WINDOW_MILLIS), end -> new HashMap<>())
                .computeIfAbsent(Query.person(event), person -> new Offers());
        switch (event) {
            case Person person -> offers.seller = person;
            case Auction auction -> offers.auctions.add(auction);
            case Bid bid -> throw new IllegalArgumentException("bids are not asked for: " + bid);
        }
    }

    @Override
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    @Override
    public void flush(long endMillis, Consumer<? super NewSeller> out) {
        var over = windows.headMap(endMillis, true);
        over.values().forEach(sellers -> sellers.values().forEach(offers -> offers.show(out)));
        over.clear();
    }
}
