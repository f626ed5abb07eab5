package dev.gyre.bench.stream.nexmark;

import dev.gyre.bench.stream.Feed;

/**
 * Generates the events of the auction house, each from its number alone. In a round of fifty there come a person, three auctions and 46 bids. Half of the
 * bids are for the auction that is hot at the time, the others for one of the last hundred or of a few that do not exist yet; three quarters of auctions
 * and bids are of one person, the others of one of the last thousand or of a few that will come. Prices are spread evenly by their logarithm over six
 * decades. Partitions take rounds in turn, so each has all kinds of events.
 *
 * <p>Unlike other generators it adds no text to make events larger, and all are in order of time.
 */
public final class Market {
    private static final int ROUND = 50;
    private static final int AUCTIONS_A_ROUND = 3;
    private static final long FIRST_PERSON = 1_000;
    private static final long FIRST_AUCTION = 1_000;
    private static final long FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;
    private static final int HOT_FOR = 100;
    private static final int AUCTIONS_IN_FLIGHT = 100;
    private static final int PERSONS_ACTIVE = 1_000;
    private static final int AHEAD = 10; // ids that are referred to and will come only later
    private static final int LONGEST_AUCTION_MILLIS = 1 << 10;
    private static final long SEED = 0x4e78_6d61_726bL;
    private static final String[] FIRST_NAMES = {
        "Ada", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jan", "Kim", "Lea", "Max", "Nia", "Ole", "Pia"
    };
    private static final String[] LAST_NAMES = {"Abel", "Berg", "Cruz", "Diaz", "Egan", "Ford", "Gray", "Hale"};
    private static final String[] STATES = {"AZ", "CA", "ID", "OR", "WA", "WY"};
    private static final String[] CITIES = {
        "Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne"
    };
    private static final String[] ITEMS = {"lamp", "chair", "clock", "vase", "book", "map", "coin", "stamp"};
    private static final int PRICE_BITS = 12;
    private static final double PRICE_DECADES = 6;
    private static final long[] PRICES = prices();

    private Market() {}

    private static long[] prices() {
        long[] prices = new long[1 << PRICE_BITS];
        for (int i = 0; i < prices.length; i++) {
            // StrictMath: the same on every machine.
            prices[i] = Math.round(100 * StrictMath.pow(10, PRICE_DECADES * i / prices.length));
        }
        return prices;
    }

    /** An event: its number among those of all partitions, and its time. */
    public static MarketEvent event(long sequence, long millis) {
        return isBid(sequence) ? bid(sequence, millis) : personOrAuction(sequence, millis);
    }

    /** Whether an event is a bid. */
    public static boolean isBid(long sequence) {
        return place(sequence) > AUCTIONS_A_ROUND;
    }

    /** An event that is a bid. */
    public static Bid bid(long sequence, long millis) {
        long round = round(sequence);
        long random = random(sequence);
        long lastAuction = round * AUCTIONS_A_ROUND + AUCTIONS_A_ROUND - 1;
        long hot = lastAuction / HOT_FOR * HOT_FOR;
        long first = Math.max(0, lastAuction - AUCTIONS_IN_FLIGHT);
        long other = first + part(random, 1, (int) (lastAuction - first) + 1 + AHEAD);
        long auction = either(random & 1, hot, other);
        // The person next to the one who sells most: nobody but the seller bids for their own.
        long bidder = somebody(round, random, 1);
        return new Bid(FIRST_AUCTION + auction, FIRST_PERSON + bidder, price(random), millis);
    }

    private static MarketEvent personOrAuction(long sequence, long millis) {
        long round = round(sequence);
        long random = random(sequence);
        int place = place(sequence);
        return place == 0
                ? person(round, random, millis)
                : auction(round * AUCTIONS_A_ROUND + place - 1, round, random, millis);
    }

    private static int place(long sequence) {
        return (int) (sequence / Feed.PARTITIONS % ROUND);
    }

    private static long round(long sequence) {
        return sequence / Feed.PARTITIONS / ROUND * Feed.PARTITIONS + sequence % Feed.PARTITIONS;
    }

    private static long random(long sequence) {
        return Feed.mix(SEED + round(sequence) * ROUND + place(sequence));
    }

    private static Person person(long round, long random, long millis) {
        long id = FIRST_PERSON + round;
        var first = FIRST_NAMES[part(random, 0, FIRST_NAMES.length)];
        var last = LAST_NAMES[part(random, 1, LAST_NAMES.length)];
        var city = CITIES[part(random, 2, CITIES.length)];
        var state = STATES[part(random, 3, STATES.length)];
        return new Person(
                id, first + " " + last, last + "@" + first + ".com", Long.toString(random >>> 8), city, state, millis);
    }

    private static Auction auction(long number, long lastPerson, long random, long millis) {
        long more = Feed.mix(random + SEED);
        long initialBid = price(more);
        return new Auction(
                FIRST_AUCTION + number,
                ITEMS[part(random, 0, ITEMS.length)],
                LAST_NAMES[part(random, 1, LAST_NAMES.length)],
                initialBid,
                initialBid + price(random),
                millis,
                millis + 1 + part(more, 1, LONGEST_AUCTION_MILLIS),
                FIRST_PERSON + somebody(lastPerson, random >>> 16, 0),
                FIRST_CATEGORY + part(more, 0, CATEGORIES));
    }

    /** The hot person of the time, moved on a little, or in one of four cases another one. */
    private static long somebody(long last, long random, int moved) {
        long hot = last / HOT_FOR * HOT_FOR + moved;
        int active = (int) Math.min(last + 1, PERSONS_ACTIVE);
        long other = last + 1 - active + part(random, 2, active + AHEAD);
        return either((random >>> 1 | random >>> 2) & 1, other, hot);
    }

    /** One of two, by a bit and without a branch: nobody can foretell random bits, and a branch that goes another way than foretold costs more than an event. */
    private static long either(long bit, long ifZero, long ifOne) {
        return ifZero ^ ((ifZero ^ ifOne) & -bit);
    }

    /** A number from 0, below a bound of at most 2^15, by fifteen of 64 random bits: there are four such parts, and below them three bits to spare. */
    private static int part(long random, int index, int bound) {
        return (int) ((((random >>> (3 + 15 * index)) & 0x7fff) * bound) >>> 15);
    }

    private static long price(long random) {
        long price = PRICES[(int) (random >>> (Long.SIZE - PRICE_BITS))];
        return price + ((price * ((random >>> 40) & 0xff)) >>> 17);
    }
}
