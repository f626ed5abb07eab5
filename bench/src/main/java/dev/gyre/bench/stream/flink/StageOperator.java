package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.nexmark.Stage;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Windows in the memory of an operator, without keys and timers: what Flink's SQL does before its exchanges in batches. Results have the last moment of
 * the time that has passed.
 */
final class StageOperator<I, O> extends AbstractStreamOperator<O> implements OneInputStreamOperator<I, O> {
    private static final long serialVersionUID = 1;

    private final Maker<I, O> maker;
    private transient @Nullable Stage<I, O> stage;

    /** Makes the windows of one task. */
    @FunctionalInterface
    interface Maker<I, O> extends Supplier<Stage<I, O>>, Serializable {}

    StageOperator(Maker<I, O> maker) {
        this.maker = maker;
    }

    private Stage<I, O> stage() {
        var opened = stage;
        if (opened == null) {
            opened = maker.get();
            stage = opened;
        }
        return opened;
    }

    @Override
    public void processElement(StreamRecord<I> element) {
        stage().accept(element.getValue());
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        long millis = watermark.getTimestamp();
        long end = millis == Long.MAX_VALUE ? millis : millis + 1;
        stage().flush(end, value -> output.collect(new StreamRecord<>(value, millis)));
        super.processWatermark(watermark);
    }
}
