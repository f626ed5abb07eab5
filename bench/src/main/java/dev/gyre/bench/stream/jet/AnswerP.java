package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import dev.gyre.bench.stream.Tally;
import dev.gyre.bench.stream.nexmark.Answer;

/** The sink of queries without state. */
final class AnswerP extends AbstractProcessor {
    private final Tally tally = Tally.open();

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            tally.answer(((Answer) item).checksum());
        }
    }
}
