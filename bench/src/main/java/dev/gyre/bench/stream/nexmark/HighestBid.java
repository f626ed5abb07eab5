package dev.gyre.bench.stream.nexmark;

/**
 * The highest of some bids, as four numbers in an array, for query 7: of equal prices the earlier one, then what is lower. Of a bid that is not the highest nothing is kept, and so
 * an engine that hands on none of its records needs no object of them.
 */
public final class HighestBid {
    private static final int AUCTION = 0;
    private static final int BIDDER = 1;
    private static final int PRICE = 2;
    private static final int MILLIS = 3;

    private HighestBid() {}

    /** Of no bids. */
    public static long[] ofNone() {
        return new long[] {0, 0, -1, 0};
    }

    /** With one more. Returns the same array. */
    public static long[] add(long[] highest, Bid bid) {
        add(highest, bid.auction(), bid.bidder(), bid.price(), bid.millis());
        return highest;
    }

    /** Of both. Returns the first array. */
    public static long[] merge(long[] highest, long[] other) {
        add(highest, other[AUCTION], other[BIDDER], other[PRICE], other[MILLIS]);
        return highest;
    }

    private static void add(long[] highest, long auction, long bidder, long price, long millis) {
        if (price >= highest[PRICE] && (price > highest[PRICE] || isBefore(highest, auction, bidder, millis))) {
            highest[AUCTION] = auction;
            highest[BIDDER] = bidder;
            highest[PRICE] = price;
            highest[MILLIS] = millis;
        }
    }

    private static boolean isBefore(long[] highest, long auction, long bidder, long millis) {
        if (millis != highest[MILLIS]) {
            return millis < highest[MILLIS];
        }
        return auction != highest[AUCTION] ? auction < highest[AUCTION] : bidder < highest[BIDDER];
    }

    /** As a bid; of at least one. */
    public static Bid bid(long[] highest) {
        return new Bid(highest[AUCTION], highest[BIDDER], highest[PRICE], highest[MILLIS]);
    }
}
