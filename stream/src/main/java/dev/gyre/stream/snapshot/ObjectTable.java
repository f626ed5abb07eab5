package dev.gyre.stream.snapshot;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * What all replicas agree on: the objects that are there, and those that are being put. Changed by entries alone, in the order of their log; what it answers to one is the
 * same at every replica.
 */
final class ObjectTable {
    private final TreeMap<String, ReplicatedObject> sealed = new TreeMap<>();
    private final TreeMap<Long, ReplicatedObject> open = new TreeMap<>();
    private long counted;
    private long countedOpen;

    /** The objects that are there, by their names. */
    Collection<ReplicatedObject> sealed() {
        return Collections.unmodifiableCollection(sealed.values());
    }

    /** The objects that are being put, in the order in which they were begun. */
    Collection<ReplicatedObject> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    /** What all of them count for against the bound, in bytes. */
    long counted() {
        return counted;
    }

    /**
     * Applies an entry.
     *
     * @return of a {@link StoreEntry.Begin} its index, of a {@link StoreEntry.Seal} the size, of a {@link StoreEntry.Delete} and {@link StoreEntry.Drop} whether there was
     *     something (1 or 0); or why nothing has changed
     */
    Outcome<Long> apply(long index, StoreEntry entry) {
        return switch (entry) {
            case StoreEntry.Begin begin -> begin(index, begin);
            case StoreEntry.Chunk(var ticket, var put, var number, var piece) -> add(put, number, piece);
            case StoreEntry.Seal(var ticket, var put, var checksum) -> seal(put, checksum);
            case StoreEntry.Drop(var ticket, var put, var name) -> Outcomes.ok(drop(put, name) ? 1L : 0L);
            case StoreEntry.Delete(var ticket, var name) -> Outcomes.ok(delete(name) ? 1L : 0L);
        };
    }

    private Outcome<Long> begin(long index, StoreEntry.Begin begin) {
        if (sealed.containsKey(begin.name())) {
            return Outcomes.exists(begin.name());
        }
        long more = ReplicatedObject.counted(begin.size(), begin.chunkBytes());
        if (more > begin.maxBytes() - counted) {
            return full(begin.name(), more, begin.maxBytes());
        }
        enter(new ReplicatedObject(begin.name(), index, begin.size(), begin.chunkBytes()));
        return Outcomes.ok(index);
    }

    /** There is no room. */
    private Outcome<Long> full(String name, long more, long maxBytes) {
        return Outcomes.failed(
                ErrorCode.TEMPORARILY_UNAVAILABLE,
                "replicated snapshots have " + counted + " bytes, " + countedOpen
                        + " of them in objects that are being put, and with the " + more + " of " + name
                        + " more than the bound of " + maxBytes
                        + ": raise maxBytes of ReplicatedSnapshots.Settings, retire snapshots sooner, or keep them in a directory");
    }

    private Outcome<Long> add(long put, int number, StoreEntry.Piece piece) {
        var object = open.get(put);
        if (object == null) {
            return gone(put);
        }
        return object.add(number, piece)
                ? Outcomes.ok((long) number)
                : Outcomes.failed(
                        ErrorCode.PRECONDITION_FAILED,
                        "chunk " + number + " of " + piece.length() + " bytes is none of " + object.name());
    }

    private static Outcome<Long> gone(long put) {
        return Outcomes.failed(
                ErrorCode.ABORT,
                "put " + put + " was given up, since nothing was heard of it: put it under a new name");
    }

    private Outcome<Long> seal(long put, int checksum) {
        var object = open.get(put);
        if (object == null) {
            return gone(put);
        }
        if (!object.isSealedBy(checksum)) {
            remove(object);
            return Outcomes.failed(
                    SnapshotStore.DAMAGED,
                    object.name() + " has " + object.present() + " chunks, and is not what was to be sealed");
        }
        if (sealed.containsKey(object.name())) {
            remove(object);
            return Outcomes.exists(object.name());
        }
        open.remove(put);
        countedOpen -= object.counted();
        sealed.put(object.name(), object);
        return Outcomes.ok(object.size());
    }

    private boolean drop(long put, String name) {
        var object = open.get(put);
        if (object != null) {
            remove(object);
            return true;
        }
        var there = sealed.get(name);
        return there != null && there.put() == put && delete(name);
    }

    private boolean delete(String name) {
        var object = sealed.remove(name);
        counted -= object == null ? 0 : object.counted();
        return object != null;
    }

    private void enter(ReplicatedObject object) {
        open.put(object.put(), object);
        counted += object.counted();
        countedOpen += object.counted();
    }

    private void remove(ReplicatedObject object) {
        open.remove(object.put());
        counted -= object.counted();
        countedOpen -= object.counted();
    }

    // ---- reading

    Outcome<byte[]> get(String name) {
        var object = sealed.get(name);
        return object == null ? Outcomes.missing(name) : part(object, 0, (int) object.size());
    }

    Outcome<byte[]> read(String name, long offset, int length) {
        var object = sealed.get(name);
        if (object == null) {
            return Outcomes.missing(name);
        }
        return offset > object.size() - length
                ? Outcomes.tooShort(name, object.size(), offset, length)
                : part(object, offset, length);
    }

    private static Outcome<byte[]> part(ReplicatedObject object, long offset, int length) {
        var bytes = new byte[length];
        long damage = object.read(offset, bytes);
        return damage < 0
                ? Outcomes.ok(bytes)
                : Outcomes.damaged(object.name(), damage, "a chunk has another checksum");
    }

    List<String> names() {
        return List.copyOf(sealed.navigableKeySet());
    }

    // ---- as a whole

    /** Puts other objects in the place of all that there are. */
    void restore(List<ReplicatedObject> otherSealed, List<ReplicatedObject> otherOpen) {
        sealed.clear();
        open.clear();
        counted = 0;
        countedOpen = 0;
        otherSealed.forEach(object -> {
            sealed.put(object.name(), object);
            counted += object.counted();
        });
        otherOpen.forEach(this::enter);
    }
}
