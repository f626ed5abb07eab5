package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** W3 and W6: each thread counts what it reads, for all keys; at the end of a window it sends the other's counts, all at once. */
final class WindowWorker extends Worker {
    private final Tally tally = Tally.open();
    private final long lengthMillis = Feed.workload().windowMillis();
    private final TreeMap<Long, LongCells> open = new TreeMap<>();
    private LongCells counts = new LongCells();
    private long windowEnd;
    private long ownEnd;
    private long otherEnd;

    private record Entry(Long key, long millis) {}

    private record Count(Long key, long count) {}

    private record Counts(long windowEnd, List<Count> counts) {}

    WindowWorker(int index, Link link) {
        super(index, link);
        windowEnd = feed.windowEndMillis();
    }

    @Override
    protected void read(int count) {
        Entry[] batch = new Entry[count]; // as whatever is read comes: objects that are there
        for (int i = 0; i < count; i++) {
            batch[i] = new Entry(Feed.key(feed.sequence()), feed.millis());
            feed.advance();
        }
        for (var entry : batch) {
            if (entry.millis() >= windowEnd) {
                close();
                windowEnd = (entry.millis() / lengthMillis + 1) * lengthMillis;
            }
            counts.add(entry.key(), 1);
        }
    }

    private void close() {
        var own = open.computeIfAbsent(windowEnd, end -> new LongCells());
        List<Count> others = new ArrayList<>();
        counts.forEach((key, count) -> {
            if (owns(key)) {
                own.add(key, count);
            } else {
                others.add(new Count(key, count));
            }
        });
        counts = new LongCells();
        ownEnd = windowEnd;
        send(new Counts(windowEnd, others));
        show();
    }

    @Override
    protected void take(Object batch) {
        var sent = (Counts) batch;
        var cells = open.computeIfAbsent(sent.windowEnd(), end -> new LongCells());
        for (var each : sent.counts()) {
            cells.add(each.key(), each.count());
        }
        otherEnd = sent.windowEnd();
        show();
    }

    /** Shows the windows that both have closed. */
    private void show() {
        while (!open.isEmpty() && open.firstKey() <= Math.min(ownEnd, otherEnd)) {
            var window = open.pollFirstEntry();
            window.getValue().forEach((key, count) -> tally.window(window.getKey(), key, count));
        }
    }

    @Override
    protected void lastRead() {
        close();
    }

    @Override
    protected void finish() {
        otherEnd = Long.MAX_VALUE;
        ownEnd = Long.MAX_VALUE;
        show();
    }
}
