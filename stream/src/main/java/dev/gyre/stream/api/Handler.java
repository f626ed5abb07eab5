package dev.gyre.stream.api;

/**
 * An operator of one's own that has a method for each kind of thing that comes. Each worker has one, so it may keep something, such as records that it hands on
 * together, from one record to the next, but no longer than a batch: what is kept then is in no snapshot. What has to be known for longer is a state of a key.
 *
 * <p>For the worker's thread; no method may block for long.
 *
 * @param <T> the records
 * @param <O> what comes of them
 */
public interface Handler<T, O> {
    /**
     * Takes a record.
     *
     * @param time its event time in nanoseconds; {@link Long#MIN_VALUE} when it has none
     * @param out values that are emitted without a time have that of the record
     */
    void record(T value, long time, Output<O> out);

    /**
     * Event time goes on: nothing at or before this follows, unless late. What the handler still keeps with such a time is emitted now, or is late itself. Times rise; the last one,
     * {@link Long#MAX_VALUE}, comes before the end of all records.
     *
     * @param out values that are emitted without a time have that of the epoch
     */
    default void epoch(long time, Output<O> out) {}

    /**
     * A batch is over: what the handler still keeps is emitted now. A snapshot, a rescale or a suspension may follow, and it would be lost.
     *
     * @param out values that are emitted without a time have that of the last record
     */
    default void pause(Output<O> out) {}
}
