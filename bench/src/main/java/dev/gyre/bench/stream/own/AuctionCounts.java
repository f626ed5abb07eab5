package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.LongTable;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.HotItem;
import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.WindowResult;

/**
 * A count for each of some auctions, in an array, which is among the types that a job can write: how many auctions there are, then an auction and its count at each place,
 * zeros where there is none. For query 5, whose keys are parts of the auctions: a record then costs no object, and a window gives one result a part.
 */
final class AuctionCounts {
    private static final int FIRST_PLACES = 32;

    private AuctionCounts() {}

    private static long[] ofPlaces(int places) {
        return new long[1 + 2 * places];
    }

    private static int places(long[] table) {
        return (table.length - 1) / 2;
    }

    /** Adds to the count of an auction. Gives the table, or a larger one in its place. */
    private static long[] add(long[] table, long auction, long bids) {
        int at = find(table, auction);
        if (table[at] != 0) {
            table[at + 1] += bids;
            return table;
        }
        if (2 * table[0] >= places(table)) {
            return add(grown(table), auction, bids);
        }
        table[0]++;
        table[at] = auction;
        table[at + 1] = bids;
        return table;
    }

    private static int find(long[] table, long auction) {
        int mask = places(table) - 1;
        int place = (int) ((auction * 0x9E3779B97F4A7C15L) >>> Integer.SIZE) & mask;
        while (table[1 + 2 * place] != auction && table[1 + 2 * place] != 0) {
            place = (place + 1) & mask;
        }
        return 1 + 2 * place;
    }

    private static long[] grown(long[] table) {
        long[] larger = ofPlaces(2 * places(table));
        forEach(table, (auction, bids) -> {
            int at = find(larger, auction);
            larger[at] = auction;
            larger[at + 1] = bids;
        });
        larger[0] = table[0];
        return larger;
    }

    private static void forEach(long[] table, LongTable.Entries consumer) {
        for (int at = 1; at < table.length; at += 2) {
            if (table[at] != 0) {
                consumer.accept(table[at], table[at + 1]);
            }
        }
    }

    private static long[] addAll(long[] table, long[] other) {
        long[] sum = table;
        for (int at = 1; at < other.length; at += 2) {
            if (other[at] != 0) {
                sum = add(sum, other[at], other[at + 1]);
            }
        }
        return sum;
    }

    /** The bids of a pane. */
    static Aggregate<Bid, long[], long[]> ofBids() {
        return Aggregate.of(
                () -> ofPlaces(FIRST_PLACES),
                (table, bid) -> add(table, bid.auction(), 1),
                AuctionCounts::addAll,
                long[]::clone);
    }

    /** Tables of panes, or of parts, added up; what comes of it are those auctions that have the most bids, in a table again. */
    static Aggregate<WindowResult<long[]>, long[], long[]> hottest() {
        return Aggregate.of(
                () -> ofPlaces(FIRST_PLACES),
                (table, pane) -> addAll(table, pane.value()),
                AuctionCounts::addAll,
                AuctionCounts::most);
    }

    private static long[] most(long[] table) {
        long most = 0;
        for (int at = 1; at < table.length; at += 2) {
            most = Math.max(most, table[at + 1]);
        }
        long[] hottest = ofPlaces(FIRST_PLACES);
        for (int at = 1; at < table.length; at += 2) {
            if (table[at] != 0 && table[at + 1] == most) {
                hottest = add(hottest, table[at], most);
            }
        }
        return hottest;
    }

    /** What is in a table, as results. */
    static void show(WindowResult<long[]> window, Output<HotItem> out) {
        long endMillis = window.end() / GyreStream.NANOS_PER_MILLI;
        forEach(window.value(), (auction, bids) -> out.emit(new HotItem(endMillis, auction, bids)));
    }
}
