package dev.gyre.bench.stream;

/**
 * A record as an object, for who passes objects by reference.
 *
 * @param key from 0, below {@link Feed#KEYS}
 * @param value from 0 to 1023
 * @param millis event time
 */
public record Event(long key, long value, long millis) {
    /** A record of a feed. */
    public static Event of(long sequence, long millis) {
        return new Event(Feed.key(sequence), Feed.value(sequence), millis);
    }
}
