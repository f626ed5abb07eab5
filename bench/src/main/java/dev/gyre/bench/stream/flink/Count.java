package dev.gyre.bench.stream.flink;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.types.LongValue;

/** Counts in place. */
final class Count implements AggregateFunction<FlinkEvent, LongValue, LongValue> {
    private static final long serialVersionUID = 1;

    @Override
    public LongValue createAccumulator() {
        return new LongValue(0);
    }

    @Override
    public LongValue add(FlinkEvent event, LongValue count) {
        count.setValue(count.getValue() + 1);
        return count;
    }

    @Override
    public LongValue getResult(LongValue count) {
        return count;
    }

    @Override
    public LongValue merge(LongValue one, LongValue other) {
        return new LongValue(one.getValue() + other.getValue());
    }
}
