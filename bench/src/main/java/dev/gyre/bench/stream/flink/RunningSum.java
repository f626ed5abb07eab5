package dev.gyre.bench.stream.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.typeutils.ValueTypeInfo;
import org.apache.flink.types.LongValue;
import org.jspecify.annotations.Nullable;

/**
 * The sum of each key after each record. State on the heap is handed out by reference, and copied before when a snapshot still needs it: so a sum is changed
 * in place, which saves a second look-up.
 */
final class RunningSum extends RichMapFunction<FlinkEvent, FlinkEvent> {
    private static final long serialVersionUID = 1;

    private transient @Nullable ValueState<LongValue> sums;

    @Override
    public void open(OpenContext context) {
        sums = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", ValueTypeInfo.LONG_VALUE_TYPE_INFO));
    }

    @Override
    public FlinkEvent map(FlinkEvent event) throws Exception {
        var state = sums;
        if (state == null) {
            throw new IllegalStateException("not open");
        }
        var sum = state.value();
        if (sum == null) {
            state.update(new LongValue(event.value));
        } else {
            sum.setValue(sum.getValue() + event.value);
            event.value = sum.getValue();
        }
        return event;
    }
}
