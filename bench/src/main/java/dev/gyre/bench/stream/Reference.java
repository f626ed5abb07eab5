package dev.gyre.bench.stream;

/** What the right result is, computed plainly from how far each partition was read; of W workloads. */
public final class Reference {
    private Reference() {}

    /** The result of a workload after each partition has emitted so many records. */
    public static Result of(Workload workload, long[] emitted) {
        return switch (workload) {
            case SUM, SUM_WITH_SNAPSHOTS -> sums(emitted);
            case WINDOWS, LATENCY -> windows(workload, emitted);
            case STATELESS -> numbers(emitted);
            case Q0, Q1, Q2, Q3, Q5, Q7, Q8 ->
                throw new IllegalArgumentException(workload + " is for PlainNexmark to compute");
        };
    }

    private static Result sums(long[] emitted) {
        long[] sums = new long[Feed.KEYS];
        long records = 0;
        for (int partition = 0; partition < emitted.length; partition++) {
            records += emitted[partition];
            addValues(partition, emitted[partition], sums);
        }
        return new Result(records, hashOfSums(sums));
    }

    private static void addValues(int partition, long end, long[] sums) {
        for (long i = 0; i < end; i++) {
            long sequence = Feed.sequence(partition, i);
            sums[(int) Feed.key(sequence)] += Feed.value(sequence);
        }
    }

    private static Result windows(Workload workload, long[] emitted) {
        long length = workload.windowMillis() * 1_000_000 / workload.recordNanos();
        long records = 0;
        long checksum = 0;
        long longest = Math.max(emitted[0], emitted[1]);
        for (long start = 0; start < longest; start += length) {
            long[] counts = new long[Feed.KEYS];
            for (int partition = 0; partition < emitted.length; partition++) {
                records += countKeys(partition, start, Math.min(start + length, emitted[partition]), counts);
            }
            long endMillis = (start / length + 1) * workload.windowMillis();
            for (int key = 0; key < Feed.KEYS; key++) {
                checksum += counts[key] == 0 ? 0 : hash(endMillis, key, counts[key]);
            }
        }
        return new Result(records, checksum);
    }

    private static long countKeys(int partition, long start, long end, long[] counts) {
        for (long i = start; i < end; i++) {
            counts[(int) Feed.key(Feed.sequence(partition, i))]++;
        }
        return Math.max(0, end - start);
    }

    private static Result numbers(long[] emitted) {
        long records = 0;
        long checksum = 0;
        for (int partition = 0; partition < emitted.length; partition++) {
            for (long i = 0; i < emitted[partition]; i++) {
                long number = Steps.all(Feed.number(Feed.sequence(partition, i)));
                records += number == Steps.DROPPED ? 0 : 1;
                checksum += number == Steps.DROPPED ? 0 : number;
            }
        }
        return new Result(records, checksum);
    }

    static long hashOfSums(long[] sums) {
        long hash = 0;
        for (int key = 0; key < sums.length; key++) {
            hash += sums[key] == 0 ? 0 : hash(0, key, sums[key]);
        }
        return hash;
    }

    static long hash(long endMillis, long key, long number) {
        return Feed.mix(Feed.mix(endMillis * Feed.KEYS + key + 1) + number);
    }
}
