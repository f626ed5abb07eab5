package dev.gyre.stream.control;

import java.util.Optional;

/** Since when something is as it is, for all that is known here. */
final class Watch<T> {
    private Optional<T> last = Optional.empty();
    private long sinceNanos;

    /** How long it has been so, in nanoseconds. */
    long age(T value, long nowNanos) {
        if (!last.equals(Optional.of(value))) {
            last = Optional.of(value);
            sinceNanos = nowNanos;
        }
        return nowNanos - sinceNanos;
    }

    /** Since when, of the clock that {@link #age} is told of. */
    long sinceNanos() {
        return sinceNanos;
    }

    void forget() {
        last = Optional.empty();
    }
}
