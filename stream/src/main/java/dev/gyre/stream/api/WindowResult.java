package dev.gyre.stream.api;

import java.time.Instant;

/**
 * What came of the records of one key in one window. Its event time is the last moment of the window.
 *
 * @param start when the window begins, in nanoseconds of event time
 * @param end when it is over: its first moment no more, unless that lies beyond the end of time
 * @param value of the records in it
 * @param <R> the values
 */
public record WindowResult<R>(long start, long end, R value) {
    /** When the window begins. */
    public Instant startInstant() {
        return EventTime.instant(start);
    }

    /** When it is over. */
    public Instant endInstant() {
        return EventTime.instant(end);
    }
}
