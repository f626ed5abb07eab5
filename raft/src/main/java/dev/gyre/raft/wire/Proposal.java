package dev.gyre.raft.wire;

import java.util.Arrays;

/**
 * A value of the application on its way through the log, with the name that the node it was proposed at gave it. So that node knows its own
 * among the committed entries, whoever led when they were appended.
 *
 * @param origin the node where it was proposed
 * @param ticket its number there; not used again, not even by a later life of that node
 * @param bytes the value as the codec encodes it, once for the disk, the wire and the limits
 */
// The bytes are made once and shared as they are; equality is by content.
@SuppressWarnings("ArrayRecordComponent")
public record Proposal<E>(String origin, long ticket, E value, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
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
        return value + " of " + origin + "/" + ticket;
    }
}
