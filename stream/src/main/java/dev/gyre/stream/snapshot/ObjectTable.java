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
    private long fence;

    /** The objects that are there, by their names. */
    Collection<ReplicatedObject> sealed() {
        return Collections.unmodifiableCollection(sealed.values());
    }

    /** The objects that are being put, in the order in which they were begun. */
    Collection<ReplicatedObject> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    /** The index of the last entry that withdrew a put which came, or is to come, at once: those that knew less are refused. */
    long fence() {
        return fence;
    }

    /** What all of them count for against the bound, in bytes. */
    long counted() {
        return counted;
    }

    /**
     * Applies an entry.
     *
     * @return of a {@link StoreEntry.Begin} its index, of a {@link StoreEntry.Seal} and a {@link StoreEntry.Whole} the size, of a {@link StoreEntry.Delete} and {@link StoreEntry.Drop} whether there was
     *     something (1 or 0); or why nothing has changed
     */
    Outcome<Long> apply(long index, StoreEntry entry) {
        return switch (entry) {
            case StoreEntry.Begin begin -> begin(index, begin);
            case StoreEntry.Chunk(var ticket, var put, var number, var piece) -> add(put, number, piece);
            case StoreEntry.Seal(var ticket, var put, var checksum) -> seal(put, checksum);
            case StoreEntry.Whole whole -> store(whole);
            case StoreEntry.Drop(var ticket, var put, var name) -> {
                fence = put < 0 ? index : fence;
                yield Outcomes.ok(drop(put, name) ? 1L : 0L);
            }
            case StoreEntry.Delete(var ticket, var name) -> Outcomes.ok(delete(name) ? 1L : 0L);
        };
    }

    private Outcome<Long> begin(long index, StoreEntry.Begin begin) {
        var object = new ReplicatedObject(begin.name(), index, begin.size(), begin.chunkBytes());
        return entered(object, begin.maxBytes()).map(ok -> index);
    }

    private Outcome<Long> store(StoreEntry.Whole whole) {
        if (whole.fence() < fence) {
            return Outcomes.failed(
                    ErrorCode.ABORT,
                    "another put was withdrawn at index " + fence + " before " + whole.name() + " came: put it again");
        }
        var piece = whole.piece();
        var object = new ReplicatedObject(whole.name(), whole.put(), piece.length(), Math.max(1, piece.length()));
        var entered = entered(object, whole.maxBytes());
        if (entered instanceof Outcome.Ok) {
            if (piece.length() > 0) {
                object.add(0, piece);
            }
            see(object);
        }
        return entered;
    }

    /** Sets room aside for an object, if there is some and its name is free. Its size. */
    private Outcome<Long> entered(ReplicatedObject object, long maxBytes) {
        if (sealed.containsKey(object.name())) {
            return Outcomes.exists(object.name());
        }
        if (object.counted() > maxBytes - counted) {
            return full(object.name(), object.counted(), maxBytes);
        }
        enter(object);
        return Outcomes.ok(object.size());
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
        see(object);
        return Outcomes.ok(object.size());
    }

    /** From now on an object is there. */
    private void see(ReplicatedObject object) {
        open.remove(object.put());
        countedOpen -= object.counted();
        sealed.put(object.name(), object);
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
    void restore(List<ReplicatedObject> otherSealed, List<ReplicatedObject> otherOpen, long otherFence) {
        fence = otherFence;
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
