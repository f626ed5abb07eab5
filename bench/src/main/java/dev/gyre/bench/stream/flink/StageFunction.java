package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.nexmark.Stage;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Windows as keyed state, where a key is a part of the real ones: the table of the part is changed in place, and there is one timer for each part and window, not for each
 * key.
 */
final class StageFunction<I, O> extends KeyedProcessFunction<Long, I, O> {
    private static final long serialVersionUID = 1;

    private final StageOperator.Maker<I, O> maker;
    private final Form.ToLong<I> end;
    private final long slideMillis;
    private transient @Nullable ValueState<Stage<I, O>> stages;

    /** With a function that gives the end of the first window of a record, in milliseconds. */
    StageFunction(StageOperator.Maker<I, O> maker, Form.ToLong<I> end, long slideMillis) {
        this.maker = maker;
        this.end = end;
        this.slideMillis = slideMillis;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class of a generic type
    public void open(OpenContext context) {
        OwnType<Stage<I, O>> type = (OwnType) Form.chained(Stage.class);
        stages = getRuntimeContext().getState(new ValueStateDescriptor<>("stage", type));
    }

    private ValueState<Stage<I, O>> state() {
        var state = stages;
        if (state == null) {
            throw new IllegalStateException("not open");
        }
        return state;
    }

    @Override
    public void processElement(I value, Context context, Collector<O> out) throws Exception {
        var stage = state().value();
        if (stage == null) {
            stage = maker.get();
            state().update(stage);
        }
        stage.accept(value);
        context.timerService().registerEventTimeTimer(end.of(value) - 1);
    }

    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<O> out) throws Exception {
        var stage = state().value();
        if (stage == null) {
            return; // the last window of the part is shown already
        }
        stage.flush(millis + 1, out::collect);
        if (stage.isEmpty()) {
            state().clear();
        } else {
            context.timerService().registerEventTimeTimer(millis + slideMillis);
        }
    }
}
