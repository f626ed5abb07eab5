package dev.gyre.bench.stream.measure;

import dev.gyre.stream.Job;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Sink;

/** W1: adds up the values of each key, and tells the sum after each record. A sum counts its records, too, above its lower bits: so each of them can be checked on its own. */
final class Sums {
    /** A record in a sum: a key may have 67 million of them, of ten bits each. At full load that is hours. */
    static final long RECORD = 1L << 36;

    private Sums() {}

    /** What a record adds to its sum. */
    static long rise(Reading reading) {
        return RECORD + reading.value();
    }

    /** How many records are in a sum. */
    static long records(long sum) {
        return sum / RECORD;
    }

    /** The job. */
    static Job job(Load load, Sink<Keyed<Long, Long>> sink) {
        return Job.named(
                "sums",
                flow -> flow.source("load", load)
                        .keyBy("key", reading -> Long.valueOf(reading.key()))
                        .fold("sum", 0L, (sum, reading) -> sum + rise(reading))
                        .entries()
                        .sink("sink", sink));
    }
}
