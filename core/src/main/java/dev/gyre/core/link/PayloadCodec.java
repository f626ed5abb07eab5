package dev.gyre.core.link;

import java.nio.ByteBuffer;

/**
 * Payloads as bytes.
 *
 * @param <P> payloads
 */
public interface PayloadCodec<P> {
    /** The payload as bytes. */
    byte[] encode(P payload);

    /**
     * The payload that was encoded.
     *
     * @param bytes all of them; not valid after the call
     * @throws IllegalArgumentException when they are no payload, with what is wrong
     */
    P decode(ByteBuffer bytes);
}
