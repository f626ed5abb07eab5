package dev.gyre.raft.storage;

import dev.gyre.core.json.JsonRecords;

/**
 * Values of an application as bytes. What was encoded once must be decoded by all later versions of the application.
 *
 * @param <E> the values
 */
public interface EntryCodec<E> {
    /** The most bytes of a value that {@link #json} and {@link #bytes} allow. */
    int DEFAULT_MAX_BYTES = 1 << 20;

    /** The most bytes that a value may take; a longer one is refused before anything is written. */
    int maxBytes();

    /** A value as bytes, which do not change afterwards. */
    byte[] encode(E value);

    /**
     * The value that was encoded.
     *
     * @throws IllegalArgumentException when the bytes are of no value; the log is then refused as corrupt
     */
    E decode(byte[] bytes);

    /** Whether the bytes are JSON in UTF-8: between processes they are then shown as they are, and not as Base64. */
    default boolean isJson() {
        return false;
    }

    /** The records of a sealed interface as JSON, as in messages. */
    static <E> EntryCodec<E> json(Class<E> records) {
        var json = JsonRecords.of(records);
        return new EntryCodec<>() {
            @Override
            public int maxBytes() {
                return DEFAULT_MAX_BYTES;
            }

            @Override
            public byte[] encode(E value) {
                return json.encode(value);
            }

            @Override
            public E decode(byte[] bytes) {
                return json.decode(bytes);
            }

            @Override
            public boolean isJson() {
                return true;
            }
        };
    }

    /** Bytes as they are; nobody may change them once they are proposed. */
    static EntryCodec<byte[]> bytes() {
        return new EntryCodec<>() {
            @Override
            public int maxBytes() {
                return DEFAULT_MAX_BYTES;
            }

            @Override
            public byte[] encode(byte[] value) {
                return value;
            }

            @Override
            public byte[] decode(byte[] bytes) {
                return bytes;
            }
        };
    }
}
