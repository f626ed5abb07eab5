package dev.gyre.raft.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.storage.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries in a message. Within one process they are passed on as they are; they become JSON only when a host writes them, and entries again when
 * their receiver, who knows the codec, asks for them.
 */
public final class Entries {
    private final @Nullable List<?> entries;
    private final @Nullable EntryCodec<?> codec;
    private final @Nullable List<WireEntry> json;

    private Entries(@Nullable List<?> entries, @Nullable EntryCodec<?> codec, @Nullable List<WireEntry> json) {
        this.entries = entries;
        this.codec = codec;
        this.json = json;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Entries ofJson(List<WireEntry> json) {
        return new Entries(null, null, List.copyOf(json));
    }

    /** Entries that are passed on by reference as long as they can be. */
    public static <E> Entries of(List<Entry<Proposal<E>>> entries, EntryCodec<E> codec) {
        return new Entries(entries, codec, null);
    }

    // of() pairs the entries with the codec of their values.
    @SuppressWarnings("unchecked")
    @JsonValue
    List<WireEntry> toJson() {
        return json != null ? json : written((List<Entry<Proposal<Object>>>) entries(), (EntryCodec<Object>) codec());
    }

    private static <E> List<WireEntry> written(List<Entry<Proposal<E>>> entries, EntryCodec<E> codec) {
        List<WireEntry> written = new ArrayList<>(entries.size());
        entries.forEach(entry -> written.add(WireEntry.of(entry, codec)));
        return written;
    }

    private List<?> entries() {
        return entries == null ? List.of() : entries;
    }

    private EntryCodec<?> codec() {
        if (codec == null) {
            throw new IllegalStateException("entries that came as JSON have no codec");
        }
        return codec;
    }

    /**
     * The entries.
     *
     * @param first the index of the first of them
     * @throws IllegalArgumentException when they came as JSON, and that is none of entries of this codec
     */
    // Whoever sends to a group has the types of that group.
    @SuppressWarnings("unchecked")
    public <E> List<Entry<Proposal<E>>> read(long first, EntryCodec<E> valueCodec) {
        if (json == null) {
            return (List<Entry<Proposal<E>>>) entries();
        }
        List<Entry<Proposal<E>>> read = new ArrayList<>(json.size());
        for (var entry : json) {
            read.add(entry.at(first + read.size(), valueCodec));
        }
        return read;
    }
}
