package dev.gyre.bench.stream.flink;

import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Tumbling counts without Flink's windows, which look up a window and a timer for each record: a key has one array of the ends of its open windows, each
 * with its count, changed in place; a window has one timer, set by its first record.
 */
final class CountByTimer extends KeyedProcessFunction<Long, FlinkEvent, Tuple3<Long, Long, Long>> {
    private static final long serialVersionUID = 1;
    private static final int FIRST_LENGTH = 4; // two windows, each an end (zero: free) and a count

    private final long lengthMillis;
    private transient @Nullable ValueState<long[]> open;

    CountByTimer(long lengthMillis) {
        this.lengthMillis = lengthMillis;
    }

    @Override
    public void open(OpenContext context) {
        open = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("open", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    private ValueState<long[]> state() {
        var state = open;
        if (state == null) {
            throw new IllegalStateException("not open");
        }
        return state;
    }

    @Override
    public void processElement(FlinkEvent event, Context context, Collector<Tuple3<Long, Long, Long>> out)
            throws Exception {
        long end = (context.timestamp() / lengthMillis + 1) * lengthMillis;
        long[] windows = state().value();
        if (windows == null) {
            windows = new long[FIRST_LENGTH];
            state().update(windows);
        }
        int at = find(windows, end);
        if (at < 0) {
            context.timerService().registerEventTimeTimer(end - 1);
            at = find(windows, 0);
            if (at < 0) {
                at = windows.length;
                windows = Arrays.copyOf(windows, 2 * at);
                state().update(windows);
            }
            windows[at] = end;
        }
        windows[at + 1]++;
    }

    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<Tuple3<Long, Long, Long>> out) throws Exception {
        long[] windows = state().value();
        int at = find(windows, millis + 1);
        out.collect(Tuple3.of(windows[at], context.getCurrentKey(), windows[at + 1]));
        windows[at] = 0;
        windows[at + 1] = 0;
    }

    private static int find(long[] windows, long end) {
        for (int i = 0; i < windows.length; i += 2) {
            if (windows[i] == end) {
                return i;
            }
        }
        return -1;
    }
}
