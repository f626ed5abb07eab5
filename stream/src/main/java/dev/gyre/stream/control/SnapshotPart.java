package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.List;

/**
 * What one worker wrote for a snapshot; durable before it is reported.
 *
 * @param object the name of the object in the snapshot store: of this attempt alone
 * @param bytes how long it is
 * @param checksum of its bytes, as the store computes it
 * @param older the objects of earlier snapshots in which the rest of it is, at most {@link #OLDER_MAX}: needed for as long as this one
 */
public record SnapshotPart(int worker, String object, long bytes, long checksum, List<String> older) {
    /** Enough that a state of which a little changes between snapshots is seldom written anew, few enough for an entry of the log. */
    public static final int OLDER_MAX = 8;

    /** A part that refers to few others. */
    public SnapshotPart {
        older = List.copyOf(older);
        if (older.size() > OLDER_MAX) {
            throw new IllegalArgumentException(object + " refers to " + older.size() + " older objects, and may to "
                    + OLDER_MAX + ": write sections of the others anew");
        }
    }

    /** A part that has all itself. */
    public SnapshotPart(int worker, String object, long bytes, long checksum) {
        this(worker, object, bytes, checksum, List.of());
    }

    /** All objects that it needs. */
    public List<String> objects() {
        var objects = new ArrayList<String>();
        objects.add(object);
        objects.addAll(older);
        return objects;
    }
}
