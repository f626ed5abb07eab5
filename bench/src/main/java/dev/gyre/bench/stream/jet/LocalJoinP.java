package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import dev.gyre.bench.stream.Tally;
import dev.gyre.bench.stream.nexmark.Auction;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.LocalItem;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Query 3 and its sink: auctions wait for their seller. */
final class LocalJoinP extends AbstractProcessor {
    private final Map<Long, Person> sellers = new HashMap<>();
    private final Map<Long, List<Long>> waiting = new HashMap<>();
    private final Tally tally = Tally.open();

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            take((MarketEvent) item);
        }
    }

    private void take(MarketEvent event) {
        switch (event) {
            case Person person -> {
                sellers.put(person.id(), person);
                var auctions = waiting.remove(person.id());
                if (auctions != null) {
                    auctions.forEach(auction -> show(person, auction));
                }
            }
            case Auction auction -> {
                var seller = sellers.get(auction.seller());
                if (seller != null) {
                    show(seller, auction.id());
                } else {
                    waiting.computeIfAbsent(auction.seller(), id -> new ArrayList<>())
                            .add(auction.id());
                }
            }
            case Bid bid -> throw new IllegalArgumentException("bids are not asked for: " + bid);
        }
    }

    private void show(Person seller, long auction) {
        tally.answer(new LocalItem(seller.name(), seller.city(), seller.state(), auction).checksum());
    }
}
