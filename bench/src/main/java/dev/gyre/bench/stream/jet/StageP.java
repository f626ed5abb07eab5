package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Watermark;
import dev.gyre.bench.stream.nexmark.Stage;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Windows of which something goes on to another vertex. */
final class StageP<I, O> extends AbstractProcessor {
    private final Stage<I, O> stage;
    private @Nullable Traverser<O> leaving;

    StageP(Stage<I, O> stage) {
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
        return emit(watermark.timestamp()) && super.tryProcessWatermark(watermark);
    }

    @Override
    public boolean complete() {
        return emit(Long.MAX_VALUE);
    }

    private boolean emit(long endMillis) {
        var results = leaving;
        if (results == null) {
            var all = new ArrayList<O>();
            stage.flush(endMillis, all::add);
            results = Traversers.traverseIterable(all);
        }
        boolean isDone = emitFromTraverser(results);
        leaving = isDone ? null : results;
        return isDone;
    }
}
