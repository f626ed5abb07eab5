package dev.gyre.stream;

import dev.gyre.stream.operator.Operator;

/** Watches, at each worker, that nothing comes at or before an epoch that came earlier, and that epochs rise. */
public final class Probe extends Operator {
    private final String where;
    private long epoch = NO_TIME;

    private Probe(String where, Operator next) {
        super(next);
        this.where = where;
    }

    /** The same stream, watched. */
    public static <K, T> KeyedStream<K, T> on(KeyedStream<K, T> stream) {
        return stream.then(stream.graph()
                .stateless(
                        "probe", (site, next) -> new Probe("at worker " + site.worker(), next), stream.timed("probe")));
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        if (epoch != NO_TIME && time <= epoch) {
            throw new AssertionError(where + ": " + value + " of time " + time + " after epoch " + epoch);
        }
        next.record(key, hash, value, time);
    }

    @Override
    public void epoch(long time) {
        if (time <= epoch) {
            throw new AssertionError(where + ": epoch " + time + " after epoch " + epoch);
        }
        epoch = time;
        next.epoch(time);
    }
}
