package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.nexmark.HotItem;
import dev.gyre.bench.stream.nexmark.PaneCount;
import dev.gyre.bench.stream.nexmark.Query;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Query 5, the windows of an auction: one array of the ends of its panes, each with its count, changed in place; one timer for each window, which sets the next if a pane
 * is in it.
 */
final class HotWindowsFunction extends KeyedProcessFunction<Long, PaneCount, HotItem> {
    private static final long serialVersionUID = 1;
    private static final int FIRST_LENGTH = 4; // two panes, each an end (zero: free) and a count

    private transient @Nullable ValueState<long[]> panes;

    @Override
    public void open(OpenContext context) {
        panes = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("panes", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    private ValueState<long[]> state() {
        var state = panes;
        if (state == null) {
            throw new IllegalStateException("not open");
        }
        return state;
    }

    @Override
    public void processElement(PaneCount pane, Context context, Collector<HotItem> out) throws Exception {
        long[] counts = state().value();
        if (counts == null) {
            counts = new long[FIRST_LENGTH];
            state().update(counts);
        }
        int at = find(counts, pane.endMillis());
        if (at < 0) {
            context.timerService().registerEventTimeTimer(pane.endMillis() - 1);
            at = find(counts, 0);
            if (at < 0) {
                at = counts.length;
                counts = Arrays.copyOf(counts, 2 * at);
                state().update(counts);
            }
            counts[at] = pane.endMillis();
        }
        counts[at + 1] += pane.bids();
    }

    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<HotItem> out) throws Exception {
        long[] counts = state().value();
        long end = millis + 1;
        long bids = 0;
        boolean isOver = true;
        boolean hasNext = false;
        for (int i = 0; i < counts.length; i += 2) {
            if (counts[i] > end) {
                isOver = false; // and has a timer of its own
            } else if (counts[i] != 0) {
                bids += counts[i + 1];
                if (counts[i] <= end + Query.HOT_SLIDE_MILLIS - Query.HOT_MILLIS) {
                    counts[i] = 0;
                    counts[i + 1] = 0;
                } else {
                    hasNext = true;
                }
            }
        }
        out.collect(new HotItem(end, context.getCurrentKey(), bids));
        if (hasNext) {
            context.timerService().registerEventTimeTimer(millis + Query.HOT_SLIDE_MILLIS);
        } else if (isOver) {
            state().clear();
        }
    }

    private static int find(long[] counts, long end) {
        for (int i = 0; i < counts.length; i += 2) {
            if (counts[i] == end) {
                return i;
            }
        }
        return -1;
    }
}
