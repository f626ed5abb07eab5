package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.nexmark.Auction;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.LocalItem;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.Person;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Query 3: of a person either the seller is known, or what waits for it; one look-up for either, and lists are added to in place. */
final class LocalJoinFunction extends KeyedProcessFunction<Long, MarketEvent, LocalItem> {
    private static final long serialVersionUID = 1;

    private transient @Nullable ValueState<List<MarketEvent>> known;

    @Override
    public void open(OpenContext context) {
        known = getRuntimeContext().getState(new ValueStateDescriptor<>("known", Types.LIST(MarketForm.TYPE)));
    }

    private ValueState<List<MarketEvent>> state() {
        var state = known;
        if (state == null) {
            throw new IllegalStateException("not open");
        }
        return state;
    }

    @Override
    public void processElement(MarketEvent event, Context context, Collector<LocalItem> out) throws Exception {
        var before = state().value();
        switch (event) {
            case Person seller -> {
                if (before != null) {
                    before.forEach(auction -> out.collect(item(seller, (Auction) auction)));
                }
                state().update(List.of(seller));
            }
            case Auction auction -> {
                if (before == null) {
                    var waiting = new ArrayList<MarketEvent>(1);
                    waiting.add(auction);
                    state().update(waiting);
                } else if (before.getFirst() instanceof Person seller) {
                    out.collect(item(seller, auction));
                } else {
                    before.add(auction);
                }
            }
            case Bid bid -> throw new IllegalArgumentException("bids are not asked for: " + bid);
        }
    }

    private static LocalItem item(Person seller, Auction auction) {
        return new LocalItem(seller.name(), seller.city(), seller.state(), auction.id());
    }
}
