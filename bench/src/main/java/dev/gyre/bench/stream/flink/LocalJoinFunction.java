package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.flink.Joinable.Offer;
import dev.gyre.bench.stream.flink.Joinable.Seller;
import dev.gyre.bench.stream.nexmark.LocalItem;
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
final class LocalJoinFunction extends KeyedProcessFunction<Long, Joinable, LocalItem> {
    private static final long serialVersionUID = 1;

    private transient @Nullable ValueState<List<Joinable>> known;

    @Override
    public void open(OpenContext context) {
        known = getRuntimeContext().getState(new ValueStateDescriptor<>("known", Types.LIST(Joinable.TYPE)));
    }

    private ValueState<List<Joinable>> state() {
        var state = known;
        if (state == null) {
            throw new IllegalStateException("not open");
        }
        return state;
    }

    @Override
    public void processElement(Joinable event, Context context, Collector<LocalItem> out) throws Exception {
        var before = state().value();
        switch (event) {
            case Seller seller -> {
                if (before != null) {
                    before.forEach(offer -> out.collect(seller.localItem((Offer) offer)));
                }
                state().update(List.of(seller));
            }
            case Offer offer -> {
                if (before == null) {
                    var waiting = new ArrayList<Joinable>(1);
                    waiting.add(offer);
                    state().update(waiting);
                } else if (before.getFirst() instanceof Seller seller) {
                    out.collect(seller.localItem(offer));
                } else {
                    before.add(offer);
                }
            }
        }
    }
}
