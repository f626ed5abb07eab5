package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.Maker;
import dev.gyre.bench.stream.Tally;
import dev.gyre.bench.stream.Workload;
import dev.gyre.bench.stream.nexmark.Answer;
import dev.gyre.bench.stream.nexmark.Asked;
import dev.gyre.bench.stream.nexmark.Auction;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.Highest;
import dev.gyre.bench.stream.nexmark.HighestBid;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.NewSeller;
import dev.gyre.bench.stream.nexmark.Person;
import dev.gyre.bench.stream.nexmark.Query;
import dev.gyre.stream.Job;
import dev.gyre.stream.Stream;
import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import java.time.Duration;

/** The queries of Nexmark, as a user of the public API writes them who knows what costs. */
final class NexmarkJobs {
    private static final Duration SLIDE = Duration.ofMillis(Query.HOT_SLIDE_MILLIS);
    private static final Windows.Aligned PANES = Windows.tumbling(SLIDE);
    private static final Windows.Aligned HOT = Windows.sliding(Duration.ofMillis(Query.HOT_MILLIS), SLIDE);
    private static final Windows.Aligned WINDOWS = Windows.tumbling(Duration.ofMillis(Query.WINDOW_MILLIS));

    /** In so many parts bids are summed up at first, so that all workers have some to do. A power of two, and no more than there are cached {@code Long}s. */
    private static final long PARTS = 64;

    private NexmarkJobs() {}

    static Job of(Workload query) {
        return switch (query) {
            case Q0 -> Job.named("q0", flow -> asked(flow, Asked.ALL).sink("tally", tally()));
            case Q1 ->
                Job.named(
                        "q1",
                        flow -> asked(flow, Asked.BIDS).map(Query::inEuros).sink("tally", tally()));
            case Q2 -> Job.named("q2", NexmarkJobs::selection);
            case Q3 -> Job.named("q3", NexmarkJobs::localItems);
            case Q5 -> Job.named("q5", NexmarkJobs::hotItems);
            case Q7 -> Job.named("q7", NexmarkJobs::highestBid);
            case Q8 -> Job.named("q8", NexmarkJobs::newSellers);
            default -> throw new IllegalArgumentException(query + " is no query of Nexmark");
        };
    }

    private static Sink<Answer> tally() {
        return context -> {
            var tally = Tally.open();
            return (answer, time) -> tally.answer(answer.checksum());
        };
    }

    private static <T> Stream<T> asked(Job.Flow flow, Maker<T> what) {
        return flow.source("market", FeedSource.of(what));
    }

    /** Events are in order, and so are some of them. */
    private static <E extends MarketEvent> Stream<E> timed(Stream<E> events) {
        return events.assignTimestamps(event -> event.millis() * GyreStream.NANOS_PER_MILLI)
                .inOrder();
    }

    private static void selection(Job.Flow flow) {
        asked(flow, Asked.BIDS).filter(Query::isSelected).map(Query::selected).sink("tally", tally());
    }

    private static void localItems(Job.Flow flow) {
        asked(flow.types(LocalJoin.Known.class), Asked.LOCAL)
                .keyBy("person", Query::person)
                .stateful("known", new LocalJoin())
                .sink("tally", tally());
    }

    /**
     * Bids are counted in panes, by parts of the auctions; windows are summed up of these, by the same keys and so where they are. Only the hottest of each part cross the
     * second exchange.
     */
    private static void hotItems(Job.Flow flow) {
        timed(asked(flow, Asked.BIDS))
                .keyBy("part", bid -> bid.auction() & (PARTS - 1))
                .window(PANES)
                .aggregate("pane", AuctionCounts.ofBids())
                .window(HOT)
                .aggregate("hottest of part", AuctionCounts.hottest())
                .values()
                .keyBy("window", WindowResult::end)
                .window(PANES)
                .aggregate("hottest", AuctionCounts.hottest())
                .values()
                .flatMap(AuctionCounts::show)
                .sink("tally", tally());
    }

    /** There is one key: of each worker the highest bid crosses the exchange, when the window is over. */
    private static void highestBid(Job.Flow flow) {
        timed(asked(flow.types(Bid.class), Asked.BIDS))
                .keyBy("all", bid -> "all")
                .window(WINDOWS)
                .aggregate(
                        "highest",
                        Aggregate.of(HighestBid::ofNone, HighestBid::add, HighestBid::merge, HighestBid::bid))
                .values()
                .map(window -> new Highest(window.end() / GyreStream.NANOS_PER_MILLI, window.value()))
                .sink("tally", tally());
    }

    /** Windows keep all that comes, so no partition is further ahead than one of them. */
    private static void newSellers(Job.Flow flow) {
        var events = asked(flow.types(Person.class, Auction.class), Asked.NO_BIDS)
                .assignTimestamps(event -> event.millis() * GyreStream.NANOS_PER_MILLI)
                .maxDrift(Duration.ofMillis(Query.WINDOW_MILLIS))
                .inOrder();
        var persons = events.filter(event -> event instanceof Person).map(event -> (Person) event);
        var auctions = events.filter(event -> event instanceof Auction).map(event -> (Auction) event);
        persons.keyBy("person", Person::id)
                .join(auctions.keyBy("seller", Auction::seller))
                .window(WINDOWS)
                .with("offers", (person, auction) -> new NewSeller(person.id(), person.name(), auction.reserve()))
                .sink("tally", tally());
    }
}
