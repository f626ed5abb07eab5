package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Result;
import dev.gyre.bench.stream.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the right results are, computed as plainly as can be: one thread, events of all partitions in order of time, maps of the JDK, windows as the
 * definition has them. It shares predicates and results with the contenders, no state and no windows.
 */
public final class PlainNexmark {
    private final Workload query;
    private final long recordsPerMilli;
    private final Map<Long, Person> persons = new HashMap<>();
    private final Map<Long, List<Auction>> auctions = new HashMap<>();
    private final NavigableMap<Long, Map<Long, int[]>> bidsByWindow = new TreeMap<>();
    private long windowEnd;
    private Bid highest = NO_BID;
    private long records;
    private long checksum;

    private static final Bid NO_BID = new Bid(0, 0, -1, 0);

    private PlainNexmark(Workload query) {
        this.query = query;
        recordsPerMilli = 1_000_000 / query.recordNanos();
    }

    /** The result of a query after each partition has emitted so many events. */
    public static Result of(Workload query, long[] emitted) {
        var plain = new PlainNexmark(query);
        long longest = Math.max(emitted[0], emitted[1]);
        for (long position = 0; position < longest; position++) {
            for (int partition = 0; partition < emitted.length; partition++) {
                if (position < emitted[partition]) {
                    long millis = position / plain.recordsPerMilli;
                    plain.take(Market.event(Feed.sequence(partition, position), millis));
                }
            }
        }
        plain.end();
        return new Result(plain.records, plain.checksum);
    }

    private void show(Answer answer) {
        records++;
        checksum += answer.checksum();
    }

    private void take(MarketEvent event) {
        switch (query) {
            case Q0 -> show(event);
            case Q3 -> takeLocal(event);
            case Q8 -> takeOffer(event);
            default -> {
                if (event instanceof Bid bid) {
                    takeBid(bid);
                }
            }
        }
    }

    private void takeBid(Bid bid) {
        switch (query) {
            case Q1 -> show(Query.inEuros(bid));
            case Q2 -> {
                if (Query.isSelected(bid)) {
                    show(new Selected(bid.auction(), bid.price()));
                }
            }
            case Q5 -> count(bid);
            case Q7 -> {
                if (bid.millis() >= windowEnd) {
                    end();
                    windowEnd = Query.end(bid.millis(), Query.WINDOW_MILLIS);
                }
                highest = Bid.highest(highest, bid);
            }
            default -> throw new IllegalArgumentException(query + " is no query about bids");
        }
    }

    private void takeLocal(MarketEvent event) {
        if (!Query.isLocal(event)) {
            return;
        }
        keep(event);
        switch (event) {
            case Person seller -> showLocal(seller, auctions.getOrDefault(seller.id(), List.of()));
            case Auction auction -> {
                var seller = persons.get(auction.seller());
                if (seller != null) {
                    showLocal(seller, List.of(auction));
                }
            }
            case Bid bid -> {} // not local
        }
    }

    private void showLocal(Person seller, List<Auction> offers) {
        offers.forEach(auction -> show(new LocalItem(seller.name(), seller.city(), seller.state(), auction.id())));
    }

    private void takeOffer(MarketEvent event) {
        if (event.millis() >= windowEnd) {
            end();
            windowEnd = Query.end(event.millis(), Query.WINDOW_MILLIS);
        }
        keep(event);
    }

    private void keep(MarketEvent event) {
        switch (event) {
            case Person person -> persons.put(person.id(), person);
            case Auction auction ->
                auctions.computeIfAbsent(auction.seller(), seller -> new ArrayList<>())
                        .add(auction);
            case Bid bid -> {} // not asked for
        }
    }

    private void count(Bid bid) {
        closeHot(bid.millis());
        long first = Query.end(bid.millis(), Query.HOT_SLIDE_MILLIS);
        for (long end = first; end - Query.HOT_MILLIS <= bid.millis(); end += Query.HOT_SLIDE_MILLIS) {
            bidsByWindow.computeIfAbsent(end, window -> new HashMap<>())
                    .computeIfAbsent(bid.auction(), auction -> new int[1])[0]++;
        }
    }

    private void closeHot(long millis) {
        while (!bidsByWindow.isEmpty() && bidsByWindow.firstKey() <= millis) {
            var window = bidsByWindow.pollFirstEntry();
            int most = window.getValue().values().stream()
                    .mapToInt(bids -> bids[0])
                    .max()
                    .orElseThrow();
            window.getValue().forEach((auction, bids) -> {
                if (bids[0] == most) {
                    show(new HotItem(window.getKey(), auction, bids[0]));
                }
            });
        }
    }

    /** The window at hand is over, and nothing earlier will come. */
    private void end() {
        switch (query) {
            case Q5 -> closeHot(Long.MAX_VALUE);
            case Q7 -> {
                if (highest.price() >= 0) {
                    show(new Highest(windowEnd, highest));
                    highest = NO_BID;
                }
            }
            case Q8 -> {
                persons.values().forEach(this::showOffers);
                persons.clear();
                auctions.clear();
            }
            default -> {} // no windows
        }
    }

    private void showOffers(Person seller) {
        for (var auction : auctions.getOrDefault(seller.id(), List.of())) {
            show(new NewSeller(seller.id(), seller.name(), auction.reserve()));
        }
    }
}
