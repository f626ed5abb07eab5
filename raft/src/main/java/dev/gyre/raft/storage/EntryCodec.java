package dev.gyre.raft.storage;

import dev.gyre.core.json.JsonRecords;
import java.nio.ByteBuffer;

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
     * @throws IllegalArgumentException when the bytes are of no value; whoever was to apply it ends then
     */
    E decode(byte[] bytes);

    /**
     * The value that was encoded, of all bytes that remain in a buffer, which is the reader's; a codec that can do so with fewer copies does so here.
     *
     * @throws IllegalArgumentException as {@link #decode} does; the log in which it stands is then refused as corrupt
     */
    default E read(ByteBuffer from) {
        var bytes = new byte[from.remaining()];
        from.get(bytes);
        return decode(bytes);
    }

    /** How many bytes {@link #encode} makes of a value; a codec that knows without encoding says so here. */
    default int sizeBytes(E value) {
        return encode(value).length;
    }

    /** Puts what {@link #encode} makes of a value into a buffer that has just the room for it; a codec that can do so without a copy does so here. */
    default void write(E value, ByteBuffer into) {
        into.put(encode(value));
    }

    /**
     * What a value is after a journey over a disk or a wire. Every node applies this, the one where it was proposed too, so that a value that does not
     * survive its own codec is the same everywhere.
     *
     * @param bytes its encoding
     */
    default E afterJourney(E value, byte[] bytes) {
        return decode(bytes);
    }

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

            @Override
            public byte[] afterJourney(byte[] value, byte[] bytes) {
                return value;
            }
        };
    }
}
