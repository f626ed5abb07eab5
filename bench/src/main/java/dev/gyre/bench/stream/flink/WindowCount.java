package dev.gyre.bench.stream.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.types.LongValue;
import org.apache.flink.util.Collector;

/** End of the window, key, count. */
final class WindowCount implements WindowFunction<LongValue, Tuple3<Long, Long, Long>, Long, TimeWindow> {
    static final TypeInformation<Tuple3<Long, Long, Long>> TYPE = Types.TUPLE(Types.LONG, Types.LONG, Types.LONG);
    private static final long serialVersionUID = 1;

    @Override
    public void apply(
            Long key, TimeWindow window, Iterable<LongValue> counts, Collector<Tuple3<Long, Long, Long>> out) {
        for (var count : counts) {
            out.collect(Tuple3.of(window.getEnd(), key, count.getValue()));
        }
    }
}
