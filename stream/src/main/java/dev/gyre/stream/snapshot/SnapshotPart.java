package dev.gyre.stream.snapshot;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.stream.codec.CodecException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one worker has written for one snapshot, as another reads it: the index first, then the sections that it needs. Every byte that is read is
 * covered by a checksum of the format's own, whatever the store does. For the worker's thread.
 */
public final class SnapshotPart {
    /** Read at once from the end of an object: the index of a usual job lies in it. */
    private static final int TAIL = 1 << 16;

    private final SnapshotStore store;
    private final Map<Section, SectionRef> sections;

    private SnapshotPart(SnapshotStore store, List<SectionRef> index) {
        this.store = store;
        this.sections = new LinkedHashMap<>();
        index.forEach(ref -> sections.put(ref.section(), ref));
    }

    /**
     * Reads the index of an object.
     *
     * @param object as it was stored, from the manifest
     * @return the part; {@link SnapshotStore#DAMAGED}, with the object and an offset, when it is not what was written
     */
    public static Promise<SnapshotPart> open(SnapshotStore store, SnapshotStore.Stored object) {
        int tail = (int) Math.min(TAIL, object.size());
        return follow(store.read(object.name(), object.size() - tail, tail), bytes -> {
            var footer = PartFormat.footer(bytes, object.name(), object.size());
            int needed = footer.length() + PartFormat.FOOTER;
            if (needed <= bytes.length) {
                int from = bytes.length - needed;
                var index = Arrays.copyOfRange(bytes, from, from + footer.length());
                return Promise.of(part(store, index, object, footer));
            }
            return follow(
                    store.read(object.name(), footer.offset(), footer.length()),
                    index -> Promise.of(part(store, index, object, footer)));
        });
    }

    private static Outcome<SnapshotPart> part(
            SnapshotStore store, byte[] index, SnapshotStore.Stored object, PartFormat.Footer footer) {
        return new Outcome.Ok<>(new SnapshotPart(store, PartFormat.index(index, object.name(), footer)));
    }

    /** What comes of the bytes, if there are any and they make sense. */
    private static <T> Promise<T> follow(Promise<byte[]> read, Function<byte[], Promise<T>> next) {
        return read.then(outcome -> {
            try {
                return switch (outcome) {
                    case Outcome.Ok<byte[]>(var bytes) -> next.apply(bytes);
                    case Outcome.Failed<byte[]>(var error) -> Promise.of(new Outcome.Failed<>(error));
                    case Outcome.Unknown<byte[]>(var error) -> Promise.of(new Outcome.Unknown<>(error));
                };
            } catch (CodecException e) {
                return Promise.of(
                        new Outcome.Failed<>(new RpcError(SnapshotStore.DAMAGED, String.valueOf(e.getMessage()))));
            }
        });
    }

    /** All sections, in the order in which they were written. */
    public List<SectionRef> sections() {
        return List.copyOf(sections.values());
    }

    /** Where a section is, if there is one. */
    public Optional<SectionRef> find(Section section) {
        return Optional.ofNullable(sections.get(section));
    }

    /**
     * Reads a section, of this object or of the older one that it is in.
     *
     * @return its bytes; {@link SnapshotStore#DAMAGED}, with the object and the offset, when they are not what was written
     */
    public Promise<byte[]> read(SectionRef ref) {
        return follow(store.read(ref.object(), ref.offset(), ref.length()), bytes -> {
            if (PartFormat.crc(bytes, 0, bytes.length) != ref.crc()) {
                throw new CodecException(
                        ref.object(),
                        ref.offset(),
                        "the " + ref.length() + " bytes of operator \""
                                + ref.section().operator() + "\", group "
                                + ref.section().group() + ", have another checksum");
            }
            return Promise.of(new Outcome.Ok<>(bytes));
        });
    }
}
