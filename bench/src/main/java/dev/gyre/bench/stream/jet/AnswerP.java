package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.Inbox;
import dev.gyre.bench.stream.Tally;
import dev.gyre.bench.stream.nexmark.Answer;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A query without state, and its sink. */
final class AnswerP extends AbstractProcessor {
    private final Step step;
    private final Tally tally = Tally.open();

    /** Makes what is answered of an event, or nothing. */
    @FunctionalInterface
    interface Step extends Serializable {
        @Nullable Answer answer(MarketEvent event);
    }

    AnswerP(Step step) {
        this.step = step;
    }

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            var answer = step.answer((MarketEvent) item);
            if (answer != null) {
                tally.answer(answer.checksum());
            }
        }
    }
}
