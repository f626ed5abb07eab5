package dev.gyre.bench.stream.measure;

import dev.gyre.bench.stream.Feed;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Sink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes in what comes out, and sees that nothing is lost or comes twice: each sum has one record more than the one before, and at the end each key has had as many records, and
 * the sum, as its source gave it. A key is written by one worker at a time, and handed over in between.
 */
final class Audit implements Sink<Keyed<Long, Long>> {
    private static final int PROBLEMS_MAX = 5;

    /** Where a key is in {@link #sums}: beside the others of its group, and apart from those of others, which another worker may write. */
    private final int[] places;

    private final long[] sums;
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
    public Writer<Keyed<Long, Long>> open(Context context) {
        var watch = gaps.new Watch(context.worker());
        return new Writer<>() {
            private int untold;

            @Override
            public void write(Keyed<Long, Long> entry, long time) {
                long key = entry.key();
                check((int) key, entry.value());
                watch.seen(key);
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

    private void check(int key, long sum) {
        int place = places[key];
        long rise = sum - sums[place];
        if (Sums.records(rise) != 1 && problems.size() < PROBLEMS_MAX) {
            problems.add("key " + key + " had " + told(sums[place]) + ", and came out with " + told(sum));
        }
        sums[place] = sum;
    }

    private static String told(long sum) {
        return Sums.records(sum) + " records and the sum " + sum % Sums.RECORD;
    }

    /** How many keys have had a record. While no job runs, or roughly. */
    long keys() {
        long seen = 0;
        for (long sum : sums) {
            seen += sum > 0 ? 1 : 0;
        }
        return seen;
    }

    /** What is wrong with all that has come out, of a load that has ended; empty if nothing is. When the job is over. */
    List<String> problems(Load load) {
        var expected = new long[places.length];
        for (int partition = 0; partition < Feed.PARTITIONS; partition++) {
            for (long position = 0; position < load.emitted(partition); position++) {
                var reading = load.reading(Feed.sequence(partition, position));
                expected[(int) reading.key()] += Sums.rise(reading);
            }
        }
        firstDifference(expected).ifPresent(problems::add);
        if (records() != load.emitted()) {
            problems.add("of " + load.emitted() + " records " + records() + " came out");
        }
        return List.copyOf(problems);
    }

    private Optional<String> firstDifference(long[] expected) {
        for (int key = 0; key < places.length; key++) {
            long sum = sums[places[key]];
            if (sum != expected[key]) {
                return Optional.of("key " + key + " has " + told(sum) + " instead of " + told(expected[key]));
            }
        }
        return Optional.empty();
    }
}
