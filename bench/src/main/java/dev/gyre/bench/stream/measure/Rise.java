package dev.gyre.bench.stream.measure;

import dev.gyre.stream.Job;
import dev.gyre.stream.api.Sink;

/**
 * What comes of a record.
 *
 * @param key of the record
 * @param sum of all values of the key, this one included
 * @param value by which the sum rises
 */
record Rise(long key, long sum, long value) {
    /** A job that adds up the values of each key, and tells the sum after each record. */
    static Job sums(Load load, Sink<Rise> sink) {
        return Job.named(
                "sums",
                flow -> flow.source("load", load)
                        .keyBy("key", reading -> Long.valueOf(reading.key()))
                        .<Long, Rise>stateful("sum", (key, reading, state, out) -> {
                            long sum = state.orElse(0L) + reading.value();
                            state.set(sum);
                            out.emit(new Rise(key, sum, reading.value()));
                        })
                        .sink("sink", sink));
    }
}
