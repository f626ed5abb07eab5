package dev.gyre.raft.wire;

import dev.gyre.raft.storage.EntryCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Proposals on the disk: the length of the origin's name in a byte, the name, the ticket, the value's bytes.
 *
 * @param values the codec of the values
 */
public record ProposalCodec<E>(EntryCodec<E> values) implements EntryCodec<Proposal<E>> {
    /** The longest name of a node, in bytes of UTF-8. */
    public static final int MAX_ORIGIN_BYTES = 255;

    @Override
    public int maxBytes() {
        return Math.addExact(values.maxBytes(), 1 + MAX_ORIGIN_BYTES + Long.BYTES);
    }

    @Override
    public byte[] encode(Proposal<E> proposal) {
        var origin = proposal.origin().getBytes(StandardCharsets.UTF_8);
        var bytes = proposal.bytes();
        return ByteBuffer.allocate(1 + origin.length + Long.BYTES + bytes.length)
                .put((byte) origin.length)
                .put(origin)
                .putLong(proposal.ticket())
                .put(bytes)
                .array();
    }

    @Override
    public Proposal<E> decode(byte[] encoded) {
        try {
            var from = ByteBuffer.wrap(encoded);
            var origin = new byte[from.get() & 0xff];
            from.get(origin);
            long ticket = from.getLong();
            var bytes = new byte[from.remaining()];
            from.get(bytes);
            return new Proposal<>(new String(origin, StandardCharsets.UTF_8), ticket, values.decode(bytes), bytes);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an entry of " + encoded.length + " bytes is too short", e);
        }
    }
}
