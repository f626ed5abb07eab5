package dev.gyre.bench.stream.hand;

import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Snapshots;
import dev.gyre.bench.stream.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** W1 and W2 with keys and values that are objects. */
final class SumWorker extends Worker {
    private final LongCells sums = new LongCells();
    private final Tally tally = Tally.open();
    private final SnapshotClock clock;
    private final boolean hasSnapshots = Feed.workload().hasSnapshots();
    private final AtomicReference<Snapshot> snapshot = new AtomicReference<>(new Snapshot(0, new LongCells()));

    private record Entry(Long key, Long value) {}

    private record Batch(List<Entry> entries) {}

    private record Snapshot(long position, LongCells sums) {}

    SumWorker(int index, Link link) {
        super(index, link);
        clock = link.clock();
    }

    @Override
    protected void read(int count) {
        var others = new ArrayList<Entry>(count);
        for (int i = 0; i < count; i++) {
            long sequence = feed.sequence();
            var entry = new Entry(Feed.key(sequence), Feed.value(sequence));
            feed.advance();
            if (owns(entry.key())) {
                add(entry);
            } else {
                others.add(entry);
            }
        }
        send(new Batch(others));
    }

    @Override
    protected void take(Object batch) {
        for (var entry : ((Batch) batch).entries()) {
            add(entry);
        }
    }

    private void add(Entry entry) {
        tally.sum(entry.key(), sums.add(entry.key(), entry.value()));
    }

    @Override
    protected void between() {
        if (hasSnapshots && (hasMetBarrier() || clock.isDue())) {
            Snapshots.began();
            if (align()) {
                snapshot.set(new Snapshot(feed.position(), sums.copy()));
                clock.written();
            }
        }
    }
}
