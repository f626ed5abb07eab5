package dev.gyre.raft.wire;

import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.storage.EntryCodec;
import org.jspecify.annotations.Nullable;

/**
 * An entry in JSON; where it stands in the log is told by the message around it.
 *
 * @param origin of a value, where it was proposed; absent for other entries
 * @param ticket of a value, its number there
 * @param value as the codec encodes it
 * @param members of a configuration
 */
record WireEntry(
        long term,
        @Nullable String origin,
        @Nullable Long ticket,
        @Nullable WireValue value,
        @Nullable Membership members) {

    static <E> WireEntry of(Entry<Proposal<E>> entry, EntryCodec<E> codec) {
        return switch (entry) {
            case Entry.Data<Proposal<E>>(var index, long term, var proposal, int size) ->
                new WireEntry(term, proposal.origin(), proposal.ticket(), WireValue.of(proposal, codec), null);
            case Entry.NoOp<Proposal<E>>(var index, long term) -> new WireEntry(term, null, null, null, null);
            case Entry.Configuration<Proposal<E>>(var index, long term, var membership) ->
                new WireEntry(term, null, null, null, membership);
        };
    }

    /**
     * The entry.
     *
     * @throws IllegalArgumentException when it is none
     */
    <E> Entry<Proposal<E>> at(long index, EntryCodec<E> codec) {
        if (members != null) {
            return new Entry.Configuration<>(index, term, members);
        }
        if (value == null) {
            return new Entry.NoOp<>(index, term);
        }
        if (origin == null || ticket == null) {
            throw new IllegalArgumentException("entry " + index + " has a value, and not both origin and ticket");
        }
        var proposal = value.proposal(origin, ticket, codec);
        return new Entry.Data<>(index, term, proposal, proposal.bytes().length);
    }
}
