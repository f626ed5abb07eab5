package dev.gyre.stream.api;

/**
 * Where a function puts what it makes of a record. For the worker's thread, and only while the function runs.
 *
 * @param <T> the values
 */
public interface Output<T> {
    /** Emits a value with the event time of the record at hand. */
    void emit(T value);

    /**
     * Emits a value with an event time of its own.
     *
     * @param time in nanoseconds; at or before an epoch that was sent on it is late
     */
    void emit(T value, long time);
}
