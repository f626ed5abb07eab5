package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.Maker;
import dev.gyre.bench.stream.Workload;
import dev.gyre.bench.stream.nexmark.Answer;
import dev.gyre.bench.stream.nexmark.Asked;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.Highest;
import dev.gyre.bench.stream.nexmark.HighestBids;
import dev.gyre.bench.stream.nexmark.HotItem;
import dev.gyre.bench.stream.nexmark.HotWindows;
import dev.gyre.bench.stream.nexmark.Hottest;
import dev.gyre.bench.stream.nexmark.LocalItem;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.NewSeller;
import dev.gyre.bench.stream.nexmark.NewSellers;
import dev.gyre.bench.stream.nexmark.PaneCount;
import dev.gyre.bench.stream.nexmark.PaneCounts;
import dev.gyre.bench.stream.nexmark.Query;
import dev.gyre.bench.stream.nexmark.Selected;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * The queries of Nexmark by Flink's DataStream API: what can be is summed up before the exchange and crosses it in forms of our own; what is kept by key is keyed state,
 * changed in place.
 */
final class NexmarkFlows {
    private static final OwnType<MarketEvent> EVENTS = MarketForm.TYPE;
    private static final OwnType<Bid> BIDS = Form.chained(Bid.class);
    private static final OwnType<PaneCount> PANES = Form.of(
            PaneCount.class,
            (pane, out) -> {
                out.writeLong(pane.endMillis());
                out.writeLong(pane.auction());
                out.writeLong(pane.bids());
            },
            in -> new PaneCount(in.readLong(), in.readLong(), in.readLong()));
    private static final OwnType<HotItem> HOT_ITEMS = Form.of(
            HotItem.class,
            (item, out) -> {
                out.writeLong(item.endMillis());
                out.writeLong(item.auction());
                out.writeLong(item.bids());
            },
            in -> new HotItem(in.readLong(), in.readLong(), in.readLong()));
    private static final OwnType<Highest> HIGHEST = Form.of(
            Highest.class,
            (highest, out) -> {
                out.writeLong(highest.endMillis());
                out.writeLong(highest.bid().auction());
                out.writeLong(highest.bid().bidder());
                out.writeLong(highest.bid().price());
                out.writeLong(highest.bid().millis());
            },
            in -> new Highest(in.readLong(), new Bid(in.readLong(), in.readLong(), in.readLong(), in.readLong())));

    /** In so many parts windows are kept, with a table and a timer each. A power of two. */
    private static final long PARTS = 64;

    private NexmarkFlows() {}

    static void add(Workload query, StreamExecutionEnvironment environment) {
        switch (query) {
            case Q0 -> show(asked(environment, query, Asked.ALL, EVENTS));
            case Q1 ->
                show(asked(environment, query, Asked.BIDS, BIDS)
                        .map(bid -> Query.inEuros(bid))
                        .returns(BIDS));
            case Q2 -> show(selection(asked(environment, query, Asked.BIDS, BIDS)));
            case Q3 -> show(localItems(asked(environment, query, Asked.LOCAL, EVENTS)));
            case Q5 -> show(hotItems(asked(environment, query, Asked.BIDS, BIDS)));
            case Q7 -> show(highestBid(asked(environment, query, Asked.BIDS, BIDS)));
            case Q8 -> show(newSellers(asked(environment, query, Asked.NO_BIDS, EVENTS)));
            default -> throw new IllegalArgumentException(query + " is no query of Nexmark");
        }
    }

    private static <T extends Answer> void show(DataStream<T> answers) {
        answers.sinkTo(new TallySink<T>((tally, answer) -> tally.answer(answer.checksum())));
    }

    private static <T> DataStream<T> asked(
            StreamExecutionEnvironment environment, Workload query, Maker<T> what, OwnType<T> type) {
        return environment.fromSource(
                new FeedSource<>(what, query.hasWindows()), WatermarkStrategy.noWatermarks(), "market", type);
    }

    /** In one operator, not two. */
    private static DataStream<Selected> selection(DataStream<Bid> bids) {
        return bids.flatMap((Bid bid, Collector<Selected> out) -> {
                    if (Query.isSelected(bid)) {
                        out.collect(Query.selected(bid));
                    }
                })
                .returns(Form.chained(Selected.class));
    }

    private static DataStream<LocalItem> localItems(DataStream<MarketEvent> events) {
        return events.keyBy(event -> Query.person(event), Types.LONG)
                .process(new LocalJoinFunction(), Form.chained(LocalItem.class));
    }

    private static DataStream<HotItem> hotItems(DataStream<Bid> bids) {
        return bids.transform("panes", PANES, new StageOperator<>(PaneCounts::new))
                .keyBy(pane -> pane.auction() & (PARTS - 1), Types.LONG)
                .process(
                        new StageFunction<>(HotWindows::new, pane -> pane.endMillis(), Query.HOT_SLIDE_MILLIS),
                        HOT_ITEMS)
                .transform("hottest of task", HOT_ITEMS, new StageOperator<>(Hottest::new))
                .keyBy(item -> item.endMillis(), Types.LONG)
                .transform("hottest", HOT_ITEMS, new StageOperator<>(Hottest::new));
    }

    private static DataStream<Highest> highestBid(DataStream<Bid> bids) {
        return bids.transform("highest of task", HIGHEST, new StageOperator<Bid, Highest>(HighestBids::new))
                .keyBy(highest -> highest.endMillis(), Types.LONG)
                .transform("highest", HIGHEST, new StageOperator<Highest, Highest>(HighestBids::new));
    }

    private static DataStream<NewSeller> newSellers(DataStream<MarketEvent> events) {
        return events.keyBy(event -> Query.person(event) & (PARTS - 1), Types.LONG)
                .process(
                        new StageFunction<>(
                                NewSellers::new,
                                event -> Query.end(event.millis(), Query.WINDOW_MILLIS),
                                Query.WINDOW_MILLIS),
                        Form.chained(NewSeller.class));
    }
}
