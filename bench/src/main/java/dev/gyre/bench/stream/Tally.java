package dev.gyre.bench.stream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Where results go: one for each writer, all of them known here. For one thread, but {@link #latencies} and, after the run, {@link #result}. */
public final class Tally {
    private static final List<Tally> ALL = new CopyOnWriteArrayList<>();
    private static final long LONGEST_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;

    private final long[] last = new long[Feed.KEYS];
    private final boolean isPaced = Feed.workload().isPaced();
    private final Recorder latencies = new Recorder(LONGEST_LATENCY_NANOS, DIGITS);
    private long records;
    private long checksum;

    private Tally() {}

    /** A new one. */
    public static Tally open() {
        var tally = new Tally();
        ALL.add(tally);
        return tally;
    }

    /** The sum of a key after a record. */
    public void sum(long key, long sum) {
        records++;
        last[(int) key] = sum;
    }

    /** The number of records of a key in a window. */
    public void window(long endMillis, long key, long count) {
        records += count;
        checksum += Reference.hash(endMillis, key, count);
        if (isPaced) {
            long due = Feed.startNanos() + TimeUnit.MILLISECONDS.toNanos(endMillis);
            latencies.recordValue(Math.clamp(System.nanoTime() - due, 0, LONGEST_LATENCY_NANOS));
        }
    }

    /** A number that came through all operators. */
    public void number(long number) {
        records++;
        checksum += number;
    }

    /** A result of which only a checksum is to be kept. */
    public void answer(long hash) {
        records++;
        checksum += hash;
    }

    /** Latencies since this was asked last. */
    public static Histogram latencies() {
        var all = new Histogram(LONGEST_LATENCY_NANOS, DIGITS);
        ALL.forEach(tally -> all.add(tally.latencies.getIntervalHistogram()));
        return all;
    }

    /** What all of them have taken in. When all writers have ended. */
    public static Result result() {
        long records = 0;
        long checksum = 0;
        long[] sums = new long[Feed.KEYS];
        for (var tally : ALL) {
            records += tally.records;
            checksum += tally.checksum;
            for (int key = 0; key < Feed.KEYS; key++) {
                sums[key] = Math.max(sums[key], tally.last[key]);
            }
        }
        return new Result(records, checksum + Reference.hashOfSums(sums));
    }
}
