package dev.gyre.bench.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The records of a run: two partitions, each of which any contender reads from its beginning until the driver has it end. Their content is fixed. */
public final class Feed {
    /** Partitions, and so the parallelism of all contenders. */
    public static final int PARTITIONS = 2;

    /** Keys there are. */
    public static final int KEYS = 10_000;

    private static final int LONGS_PER_CACHE_LINE_PAIR = 16;
    private static final AtomicLongArray EMITTED = new AtomicLongArray((PARTITIONS + 1) * LONGS_PER_CACHE_LINE_PAIR);
    private static final AtomicLong START_NANOS = new AtomicLong(Long.MIN_VALUE);
    private static volatile Workload current = Workload.SUM;
    private static volatile boolean ended;

    private Feed() {}

    /** Says what is to be fed in this JVM. Before anything is read. */
    public static void prepare(Workload workload) {
        current = workload;
    }

    /** Opens a partition for one thread at a time. */
    public static Partition open(int index, long position) {
        return new Partition(current, index, position);
    }

    /** What is fed. */
    public static Workload workload() {
        return current;
    }

    /** Has all partitions end. */
    public static void end() {
        ended = true;
    }

    static boolean isEnded() {
        return ended;
    }

    /** How many records a partition has emitted. */
    public static long emitted(int partition) {
        return EMITTED.get((partition + 1) * LONGS_PER_CACHE_LINE_PAIR);
    }

    /** How many records all partitions have emitted. */
    public static long emitted() {
        long sum = 0;
        for (int i = 0; i < PARTITIONS; i++) {
            sum += emitted(i);
        }
        return sum;
    }

    static void emitted(int partition, long count) {
        EMITTED.setRelease((partition + 1) * LONGS_PER_CACHE_LINE_PAIR, count);
    }

    /** When event time was zero, by the clock. */
    static long startNanos() {
        if (START_NANOS.get() == Long.MIN_VALUE) {
            START_NANOS.compareAndSet(Long.MIN_VALUE, System.nanoTime());
        }
        return START_NANOS.get();
    }

    /** The number of a record among those of all partitions. */
    public static long sequence(int partition, long position) {
        return position * PARTITIONS + partition;
    }

    /** The key of a record. */
    public static long key(long sequence) {
        return (mix(sequence) >>> 1) % KEYS;
    }

    /** The value of a record. */
    public static long value(long sequence) {
        return sequence & 1023;
    }

    /** A record where records are numbers. */
    public static long number(long sequence) {
        return mix(sequence) >>> 1;
    }

    /** Mixes bits well (the finaliser of SplitMix64). */
    public static long mix(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
