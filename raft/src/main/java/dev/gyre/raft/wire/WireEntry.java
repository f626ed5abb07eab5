package dev.gyre.raft.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.storage.EntryCodec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An entry in JSON; where it stands in the log is told by the message around it.
 *
 * @param origin of a value, where it was proposed; absent for other entries
 * @param ticket of a value, its number there
 * @param value as the codec encodes it: an object if that is JSON, else Base64
 * @param members of a configuration
 */
record WireEntry(
        long term,
        @Nullable String origin,
        @Nullable Long ticket,
        @Nullable JsonNode value,
        @Nullable Membership members) {

    static <E> WireEntry of(Entry<Proposal<E>> entry, EntryCodec<E> codec) {
        return switch (entry) {
            case Entry.Data<Proposal<E>>(var index, long term, var proposal, int size) ->
                new WireEntry(term, proposal.origin(), proposal.ticket(), json(proposal, codec), null);
            case Entry.NoOp<Proposal<E>>(var index, long term) -> new WireEntry(term, null, null, null, null);
            case Entry.Configuration<Proposal<E>>(var index, long term, var membership) ->
                new WireEntry(term, null, null, null, membership);
        };
    }

    static <E> JsonNode json(Proposal<E> proposal, EntryCodec<E> codec) {
        return codec.isJson()
                ? new POJONode(new RawValue(new String(proposal.bytes(), StandardCharsets.UTF_8)))
                : TextNode.valueOf(Base64.getEncoder().encodeToString(proposal.bytes()));
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
        var proposal = proposal(origin, ticket, value, codec);
        return new Entry.Data<>(index, term, proposal, proposal.bytes().length);
    }

    static <E> Proposal<E> proposal(String origin, long ticket, JsonNode value, EntryCodec<E> codec) {
        var bytes = value.isTextual()
                ? Base64.getDecoder().decode(value.textValue())
                : value.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > codec.maxBytes()) {
            throw new IllegalArgumentException(
                    "a value of " + bytes.length + " bytes; the codec allows " + codec.maxBytes());
        }
        return new Proposal<>(origin, ticket, codec.decode(bytes), bytes);
    }
}
