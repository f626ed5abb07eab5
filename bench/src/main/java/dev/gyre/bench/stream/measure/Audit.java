package dev.gyre.bench.stream.measure;

import dev.gyre.bench.stream.Feed;
import dev.gyre.stream.api.Sink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes in what comes out, and sees that nothing is lost or comes twice: each sum is the one before and this record, and at the end each key has had as many records, and
 * the sum, as its source gave it. A key is written by one worker at a time, and handed over in between.
 */
final class Audit implements Sink<Rise> {
    private static final int PROBLEMS_MAX = 5;

    /** Where a key is in {@link #sums} and {@link #counts}: beside the others of its group, and apart from those of others, which another worker may write. */
    private final int[] places;

    private final long[] sums;
    private final long[] counts;
    private final Gaps gaps = new Gaps();
    private final LongAdder records = new LongAdder();
    private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

    Audit(int keys) {
        places = new int[keys];
        int[] next = new int[Gaps.GROUPS + 1];
        for (int key = 0; key < keys; key++) {
            next[Gaps.group(key) + 1]++;
        }
        for (int group = 1; group < next.length; group++) {
            next[group] =
                    (next[group - 1] + next[group] + 2 * Gaps.LONGS_APART - 1) / Gaps.LONGS_APART * Gaps.LONGS_APART;
        }
        sums = new long[next[Gaps.GROUPS]];
        counts = new long[sums.length];
        for (int key = 0; key < keys; key++) {
            places[key] = next[Gaps.group(key)]++;
        }
    }

    Gaps gaps() {
        return gaps;
    }

    /** How many records have come out. */
    long records() {
        return records.sum();
    }

    @Override
    public Writer<Rise> open(Context context) {
        var watch = gaps.new Watch(context.worker());
        return new Writer<>() {
            private int untold;

            @Override
            public void write(Rise rise, long time) {
                check(rise);
                watch.seen(rise.key());
                untold++;
            }

            @Override
            public void flush() {
                watch.pause();
                records.add(untold);
                untold = 0;
            }
        };
    }

    private void check(Rise rise) {
        int key = (int) rise.key();
        int place = places[key];
        long expected = sums[place] + rise.value();
        if (rise.sum() != expected && problems.size() < PROBLEMS_MAX) {
            problems.add("key " + key + " had " + sums[place] + " and a record of " + rise.value()
                    + ", and came out with " + rise.sum());
        }
        sums[place] = rise.sum();
        counts[place]++;
    }

    /** How many keys have had a record. While no job runs, or roughly. */
    long keys() {
        long seen = 0;
        for (long count : counts) {
            seen += count > 0 ? 1 : 0;
        }
        return seen;
    }

    /** What is wrong with all that has come out, of a load that has ended; empty if nothing is. When the job is over. */
    List<String> problems(Load load) {
        var expectedSums = new long[places.length];
        var expectedCounts = new long[places.length];
        for (int partition = 0; partition < Feed.PARTITIONS; partition++) {
            for (long position = 0; position < load.emitted(partition); position++) {
                var reading = load.reading(Feed.sequence(partition, position));
                expectedSums[(int) reading.key()] += reading.value();
                expectedCounts[(int) reading.key()]++;
            }
        }
        firstDifference(expectedSums, expectedCounts).ifPresent(problems::add);
        if (records() != load.emitted()) {
            problems.add("of " + load.emitted() + " records " + records() + " came out");
        }
        return List.copyOf(problems);
    }

    private Optional<String> firstDifference(long[] expectedSums, long[] expectedCounts) {
        for (int key = 0; key < places.length; key++) {
            int place = places[key];
            if (sums[place] != expectedSums[key] || counts[place] != expectedCounts[key]) {
                return Optional.of("key " + key + " has " + counts[place] + " records and the sum " + sums[place]
                        + " instead of " + expectedCounts[key] + " and " + expectedSums[key]);
            }
        }
        return Optional.empty();
    }
}
