package dev.gyre.bench.stream.nexmark;

/** What the queries ask, where it fits in a line. */
public final class Query {
    /** Length of the windows of query 5. */
    public static final long HOT_MILLIS = 10_000;

    /** How far after each other they begin. */
    public static final long HOT_SLIDE_MILLIS = 2_000;

    /** Length of the windows of queries 7 and 8. */
    public static final long WINDOW_MILLIS = 10_000;

    private static final long SELECTED_EACH = 123;
    private static final long LOCAL_CATEGORY = 10;

    private Query() {}

    /** Query 1: the price in another currency, at 0.89. */
    public static Bid inEuros(Bid bid) {
        return new Bid(bid.auction(), bid.bidder(), bid.price() * 89 / 100, bid.millis());
    }

    /** Query 2: which auctions are chosen. */
    public static boolean isSelected(Bid bid) {
        return bid.auction() % SELECTED_EACH == 0;
    }

    /** Query 2: what is told of it. */
    public static Selected selected(Bid bid) {
        return new Selected(bid.auction(), bid.price());
    }

    /** Query 3: whether something is offered in the category, or somebody is from one of the states. */
    public static boolean isLocal(MarketEvent event) {
        return switch (event) {
            case Person person ->
                switch (person.state()) {
                    case "OR", "ID", "CA" -> true;
                    default -> false;
                };
            case Auction auction -> auction.category() == LOCAL_CATEGORY;
            case Bid bid -> false;
        };
    }

    /** Queries 3 and 8: the person that it is about. */
    public static long person(MarketEvent event) {
        return switch (event) {
            case Person person -> person.id();
            case Auction auction -> auction.seller();
            case Bid bid -> bid.bidder();
        };
    }

    /** Where the window, or pane, of that length ends that a time is in. */
    public static long end(long millis, long lengthMillis) {
        return (millis / lengthMillis + 1) * lengthMillis;
    }
}
