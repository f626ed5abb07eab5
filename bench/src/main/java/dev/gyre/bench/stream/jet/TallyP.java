package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import dev.gyre.bench.stream.Tally;
import java.util.Map;

/** The sink. */
final class TallyP extends AbstractProcessor {
    private final Tally tally = Tally.open();

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            switch (item) {
                case KeyedWindowResult<?, ?> window ->
                    tally.window(window.end(), (Long) window.key(), (Long) window.result());
                case Map.Entry<?, ?> sum -> tally.sum((Long) sum.getKey(), (Long) sum.getValue());
                default -> tally.number((Long) item);
            }
        }
    }
}
