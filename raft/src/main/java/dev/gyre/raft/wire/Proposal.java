package dev.gyre.raft.wire;

import dev.gyre.raft.storage.EntryCodec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of the application on its way through the log, with the name that the node it was proposed at gave it. So that node knows its own
 * among the committed entries, whoever led when they were appended.
 *
 * <p>Of one that was found on the disk there are the bytes alone, and the value is made of them each time that it is asked for, which is once, when it is
 * applied: a node that starts would else hold all values of its log at once, and most of its start would be spent on moving them about in memory.
 *
 * @param <E> the values
 */
// The bytes are made once and shared as they are; equality is by content.
public final class Proposal<E> {
    private final String origin;
    private final long ticket;
    private final byte[] bytes;
    private final @Nullable E value;
    private final @Nullable EntryCodec<E> codec;

    private Proposal(String origin, long ticket, byte[] bytes, @Nullable E value, @Nullable EntryCodec<E> codec) {
        this.origin = origin;
        this.ticket = ticket;
        this.bytes = bytes;
        this.value = value;
        this.codec = codec;
    }

    /** A value, and its bytes as the codec encodes it. */
    public Proposal(String origin, long ticket, E value, byte[] bytes) {
        this(origin, ticket, bytes, value, null);
    }

    /** A value of which there are the bytes alone. */
    static <E> Proposal<E> ofBytes(String origin, long ticket, byte[] bytes, EntryCodec<E> codec) {
        return new Proposal<>(origin, ticket, bytes, null, codec);
    }

    /** The node where it was proposed. */
    public String origin() {
        return origin;
    }

    /** Its number there; not used again, not even by a later life of that node. */
    public long ticket() {
        return ticket;
    }

    /**
     * The value.
     *
     * @throws IllegalArgumentException when it comes from the disk, and the codec does not know what its bytes are
     */
    public E value() {
        return value != null ? value : Objects.requireNonNull(codec).decode(bytes);
    }

    /** The value as the codec encodes it, once for the disk, the wire and the limits; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Proposal<?> that
                && origin.equals(that.origin)
                && ticket == that.ticket
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * origin.hashCode() + Long.hashCode(ticket);
    }

    @Override
    public String toString() {
        return (value == null ? bytes.length + " bytes" : value) + " of " + origin + "/" + ticket;
    }
}
