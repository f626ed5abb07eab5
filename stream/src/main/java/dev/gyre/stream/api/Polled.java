package dev.gyre.stream.api;

import java.time.Duration;

/** What a partition has to say after it was polled. */
public sealed interface Polled {
    /** There may be more right now. */
    Polled MORE = new More();

    /** There will never be more. */
    Polled FINISHED = new Finished();

    /**
     * There is nothing at the moment.
     *
     * @param wait after which it should be polled again, above zero
     */
    static Polled later(Duration wait) {
        return new Later(wait.toNanos());
    }

    /** There may be more right now. */
    record More() implements Polled {}

    /**
     * There is nothing at the moment.
     *
     * @param waitNanos after which it should be polled again
     */
    record Later(long waitNanos) implements Polled {}

    /** There will never be more. */
    record Finished() implements Polled {}
}
