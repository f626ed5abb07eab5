package dev.gyre.raft.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gyre.raft.storage.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proposals in a message; like {@link Entries}, JSON only between processes. */
public final class Forwarded {
    private final List<?> proposals;
    private final @Nullable EntryCodec<?> codec;

    /** A proposal in JSON; its origin is the sender. */
    record Item(long ticket, WireValue value) {}

    private Forwarded(List<?> proposals, @Nullable EntryCodec<?> codec) {
        this.proposals = proposals;
        this.codec = codec;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Forwarded ofJson(List<Item> items) {
        return new Forwarded(List.copyOf(items), null);
    }

    /** Proposals that are passed on by reference as long as they can be. */
    public static <E> Forwarded of(List<Proposal<E>> proposals, EntryCodec<E> codec) {
        return new Forwarded(List.copyOf(proposals), codec);
    }

    // of() pairs the proposals with the codec of their values; without one they are items.
    @SuppressWarnings("unchecked")
    @JsonValue
    List<Item> toJson() {
        return codec == null
                ? (List<Item>) proposals
                : written((List<Proposal<Object>>) proposals, (EntryCodec<Object>) codec);
    }

    private static <E> List<Item> written(List<Proposal<E>> proposals, EntryCodec<E> codec) {
        List<Item> written = new ArrayList<>(proposals.size());
        proposals.forEach(one -> written.add(new Item(one.ticket(), WireValue.of(one, codec))));
        return written;
    }

    /**
     * The proposals.
     *
     * @param origin who sent them
     * @throws IllegalArgumentException when they came as JSON, and that is none of values of this codec
     */
    // Whoever sends to a group has the types of that group.
    @SuppressWarnings("unchecked")
    public <E> List<Proposal<E>> read(String origin, EntryCodec<E> valueCodec) {
        if (codec != null) {
            return (List<Proposal<E>>) proposals;
        }
        List<Proposal<E>> read = new ArrayList<>(proposals.size());
        for (var item : (List<Item>) proposals) {
            read.add(item.value().proposal(origin, item.ticket(), valueCodec));
        }
        return read;
    }
}
