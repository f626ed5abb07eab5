package dev.gyre.raft.storage;

/**
 * Values of an application as bytes. What was encoded once must be decoded by all later versions of the application.
 *
 * @param <E> the values
 */
public interface EntryCodec<E> {
    /** The most bytes that a value may take; a longer one is refused before anything is written. */
    int maxBytes();

    /** A value as bytes. */
    byte[] encode(E value);

    /**
     * The value that was encoded.
     *
     * @throws IllegalArgumentException when the bytes are of no value; the log is then refused as corrupt
     */
    E decode(byte[] bytes);
}
