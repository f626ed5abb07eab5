package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import dev.gyre.bench.stream.Steps;
import dev.gyre.bench.stream.Tally;

/** The five operators and the sink in one processor, fused by hand. */
final class StepsP extends AbstractProcessor {
    private final Tally tally = Tally.open();

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            long number = Steps.all((Long) item);
            if (number != Steps.DROPPED) {
                tally.number(number);
            }
        }
    }
}
