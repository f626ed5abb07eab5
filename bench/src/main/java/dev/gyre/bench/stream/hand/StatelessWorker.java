package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Partition;
import dev.gyre.bench.stream.Steps;
import dev.gyre.bench.stream.Tally;
import java.util.concurrent.Callable;

/** W4: a loop; the two threads need nothing of each other. */
final class StatelessWorker implements Callable<Boolean> {
    private final Partition feed;
    private final boolean isPrimitive;
    private final Tally tally = Tally.open();

    StatelessWorker(int index, boolean isPrimitive) {
        feed = Feed.open(index, 0);
        this.isPrimitive = isPrimitive;
    }

    @Override
    public Boolean call() {
        while (!feed.hasEnded()) {
            int count = feed.available(Worker.BATCH);
            if (isPrimitive) {
                numbers(count);
            } else {
                objects(count);
            }
            feed.count();
        }
        return true;
    }

    private void numbers(int count) {
        for (int i = 0; i < count; i++) {
            long number = Steps.all(Feed.number(feed.sequence()));
            feed.advance();
            if (number != Steps.DROPPED) {
                tally.number(number);
            }
        }
    }

    private void objects(int count) {
        Long[] batch = new Long[count]; // as whatever is read comes: objects that are there
        for (int i = 0; i < count; i++) {
            batch[i] = Feed.number(feed.sequence());
            feed.advance();
        }
        for (Long number : batch) {
            Long shrunk = Steps.shrink(number);
            if (Steps.isNoMultipleOf16(shrunk)) {
                Long scrambled = Steps.scramble(shrunk);
                if (Steps.isNoMultipleOf5(scrambled)) {
                    tally.number(Steps.fold(scrambled));
                }
            }
        }
    }
}
