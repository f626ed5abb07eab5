package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Watermark;
import dev.gyre.bench.stream.Tally;
import dev.gyre.bench.stream.nexmark.Answer;
import dev.gyre.bench.stream.nexmark.Stage;

/** Windows whose results are the answers: it is the sink too. */
final class LastStageP<I, O extends Answer> extends AbstractProcessor {
    private final Stage<I, O> stage;
    private final Tally tally = Tally.open();

    LastStageP(Stage<I, O> stage) {
        this.stage = stage;
    }

    @Override
    @SuppressWarnings("unchecked") // so the graph was built
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            stage.accept((I) item);
        }
    }

    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
        show(watermark.timestamp());
        return super.tryProcessWatermark(watermark);
    }

    @Override
    public boolean complete() {
        show(Long.MAX_VALUE);
        return true;
    }

    private void show(long endMillis) {
        stage.flush(endMillis, answer -> tally.answer(answer.checksum()));
    }
}
