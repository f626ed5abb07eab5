package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.LongTable;
import dev.gyre.bench.stream.Tally;

/** W1 with numbers alone: keys and values lie in turn in arrays, which travel. */
final class PrimitiveSumWorker extends Worker {
    private final LongTable sums = new LongTable();
    private final Tally tally = Tally.open();

    PrimitiveSumWorker(int index, Link link) {
        super(index, link);
    }

    @Override
    protected void read(int count) {
        long[] others = new long[2 * count + 1]; // how many numbers, then the numbers
        int end = 1;
        for (int i = 0; i < count; i++) {
            long sequence = feed.sequence();
            long key = Feed.key(sequence);
            long value = Feed.value(sequence);
            feed.advance();
            if (owns(key)) {
                add(key, value);
            } else {
                others[end++] = key;
                others[end++] = value;
            }
        }
        others[0] = end;
        send(others);
    }

    @Override
    protected void take(Object batch) {
        long[] numbers = (long[]) batch;
        for (int i = 1; i < numbers[0]; i += 2) {
            add(numbers[i], numbers[i + 1]);
        }
    }

    private void add(long key, long value) {
        tally.sum(key, sums.add(key, value));
    }
}
