package dev.gyre.bench.stream.jet;

import static com.hazelcast.jet.core.Edge.between;

import com.hazelcast.function.FunctionEx;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Partitioner;
import dev.gyre.bench.stream.Maker;
import dev.gyre.bench.stream.Workload;
import dev.gyre.bench.stream.nexmark.Asked;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.Highest;
import dev.gyre.bench.stream.nexmark.HighestBids;
import dev.gyre.bench.stream.nexmark.HotItem;
import dev.gyre.bench.stream.nexmark.HotWindows;
import dev.gyre.bench.stream.nexmark.Hottest;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.NewSellers;
import dev.gyre.bench.stream.nexmark.PaneCount;
import dev.gyre.bench.stream.nexmark.PaneCounts;
import dev.gyre.bench.stream.nexmark.Query;

/**
 * The queries of Nexmark by Jet's core API: sources filter, windows that can are summed up before the exchange, what queries 1 and 2 do is in the sink's vertex.
 */
final class NexmarkDags {
    private static final Partitioner<MarketEvent> BY_PERSON =
            (event, partitions) -> SumP.partition(Query.person(event), partitions);

    private NexmarkDags() {}

    static DAG of(Workload query) {
        return switch (query) {
            case Q0 -> stateless(Asked.ALL, event -> event);
            case Q1 -> stateless(Asked.BIDS, bid -> Query.inEuros((Bid) bid));
            case Q2 -> stateless(Asked.BIDS, bid -> Query.isSelected((Bid) bid) ? Query.selected((Bid) bid) : null);
            case Q3 -> localItems();
            case Q5 -> hotItems();
            case Q7 -> highestBid();
            case Q8 -> newSellers();
            default -> throw new IllegalArgumentException(query + " is no query of Nexmark");
        };
    }

    private static DAG stateless(Maker<?> maker, AnswerP.Step step) {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> new FeedP(false, maker));
        var answers = dag.newVertex("answers", () -> new AnswerP(step));
        return dag.edge(between(feed, answers).isolated());
    }

    private static DAG localItems() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> new FeedP(false, Asked.LOCAL));
        var join = dag.newVertex("join", LocalJoinP::new);
        return dag.edge(between(feed, join).partitioned(FunctionEx.<MarketEvent>identity(), BY_PERSON));
    }

    private static DAG hotItems() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> new FeedP(true, Asked.BIDS));
        var panes = dag.newVertex("panes", () -> new StageP<>(new PaneCounts()));
        var windows = dag.newVertex("windows", () -> new StageP<>(new HotWindows()));
        var hottest = dag.newVertex("hottest", () -> new LastStageP<>(new Hottest()));
        Partitioner<PaneCount> byAuction = (count, partitions) -> SumP.partition(count.auction(), partitions);
        Partitioner<HotItem> byWindow =
                (item, partitions) -> SumP.partition(item.endMillis() / Query.HOT_SLIDE_MILLIS, partitions);
        return dag.edge(between(feed, panes).isolated())
                .edge(between(panes, windows).partitioned(FunctionEx.<PaneCount>identity(), byAuction))
                .edge(between(windows, hottest).partitioned(FunctionEx.<HotItem>identity(), byWindow));
    }

    private static DAG highestBid() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> new FeedP(true, Asked.BIDS));
        var parts = dag.newVertex("parts", () -> new StageP<>(new HighestBids<Bid>()));
        var highest = dag.newVertex("highest", () -> new LastStageP<>(new HighestBids<Highest>()));
        Partitioner<Highest> byWindow =
                (item, partitions) -> SumP.partition(item.endMillis() / Query.WINDOW_MILLIS, partitions);
        return dag.edge(between(feed, parts).isolated())
                .edge(between(parts, highest).partitioned(FunctionEx.<Highest>identity(), byWindow));
    }

    private static DAG newSellers() {
        var dag = new DAG();
        var feed = dag.newVertex("feed", () -> new FeedP(true, Asked.NO_BIDS));
        var join = dag.newVertex("join", () -> new LastStageP<>(new NewSellers()));
        return dag.edge(between(feed, join).partitioned(FunctionEx.<MarketEvent>identity(), BY_PERSON));
    }
}
