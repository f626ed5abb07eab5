package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.flink.Joinable.Offer;
import dev.gyre.bench.stream.flink.Joinable.Seller;
import dev.gyre.bench.stream.nexmark.NewSeller;
import dev.gyre.bench.stream.nexmark.Query;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Query 8: what is known of a person in each window, in lists that are added to in place; one timer for each, set by what comes first. */
final class NewSellersFunction extends KeyedProcessFunction<Long, Joinable, NewSeller> {
    private static final long serialVersionUID = 1;

    private transient @Nullable MapState<Long, List<Joinable>> windows;

    @Override
    public void open(OpenContext context) {
        windows = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("windows", Types.LONG, Types.LIST(Joinable.TYPE)));
    }

    private MapState<Long, List<Joinable>> state() {
        var state = windows;
        if (state == null) {
            throw new IllegalStateException("not open");
        }
        return state;
    }

    @Override
    public void processElement(Joinable event, Context context, Collector<NewSeller> out) throws Exception {
        long end = Query.end(context.timestamp(), Query.WINDOW_MILLIS);
        var events = state().get(end);
        if (events == null) {
            events = new ArrayList<>(2);
            state().put(end, events);
            context.timerService().registerEventTimeTimer(end - 1);
        }
        events.add(event);
    }

    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<NewSeller> out) throws Exception {
        var events = state().get(millis + 1);
        state().remove(millis + 1);
        for (var event : events) {
            if (event instanceof Seller seller) {
                show(seller, events, out);
            }
        }
    }

    private static void show(Seller seller, List<Joinable> events, Collector<NewSeller> out) {
        for (var event : events) {
            if (event instanceof Offer offer) {
                out.collect(seller.newSeller(offer));
            }
        }
    }
}
