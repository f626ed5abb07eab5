package dev.gyre.raft.storage;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageFile;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.SnapshotChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The contents of snapshots, a file each. One comes in under a name of its own, and gets its right name when it is whole and durable;
 * it counts once a record of the log names it, so a crash at any moment leaves the log with the one or with the other.
 */
final class SnapshotFiles {
    private static final String PREFIX = "snapshot-";
    private static final String INCOMING = "incoming-";
    private static final int BUFFER_BYTES = 1 << 16;

    private final Storage storage;
    private @Nullable StorageFile incoming;

    private String incomingName = "";
    private int incomingCount;

    /** A file that is whole, and has yet to be made durable under its right name; the one that it has is the one it was opened by, whatever it calls itself. */
    record Arrived(StorageFile file, String name, Snapshot snapshot) {}

    SnapshotFiles(Storage storage) {
        this.storage = storage;
    }

    static String nameOf(Snapshot snapshot) {
        return PREFIX
                + "%d-%d-%08x"
                        .formatted(snapshot.last().index(), snapshot.last().term(), snapshot.crc32c());
    }

    /** Takes a part of what comes in; offset 0 starts it anew. */
    void receive(SnapshotChunk chunk) {
        var file = incoming;
        if (file == null) {
            incomingName = INCOMING + incomingCount++;
            file = storage.open(incomingName);
            incoming = file;
        }
        file.truncate(chunk.offset());
        file.append(ByteBuffer.wrap(chunk.bytes()));
    }

    /**
     * All of a snapshot has come in.
     *
     * @throws IllegalArgumentException when that is not so
     */
    Arrived finish(Snapshot snapshot) {
        var file = incoming;
        if (file == null || !isContent(file, snapshot)) {
            throw new IllegalArgumentException("what came in is not the content of " + snapshot);
        }
        incoming = null;
        return new Arrived(file, incomingName, snapshot);
    }

    /** Keeps a snapshot that this node has made. */
    Arrived keep(Snapshot snapshot, byte[] content) {
        var name = INCOMING + incomingCount++;
        var file = storage.open(name);
        file.append(ByteBuffer.wrap(content));
        if (!isContent(file, snapshot)) {
            throw new IllegalArgumentException("the bytes given are not the content of " + snapshot);
        }
        return new Arrived(file, name, snapshot);
    }

    /** Makes snapshots durable: contents, then names. */
    Promise<Storage.Synced> publish(List<Arrived> arrived) {
        if (arrived.isEmpty()) {
            return Promise.of(new Outcome.Ok<>(new Storage.Synced()));
        }
        var contents = Promise.all(arrived.stream().map(one -> one.file.sync()).toList());
        return contents.then(outcomes -> {
            for (var outcome : outcomes.orThrow()) {
                if (!(outcome instanceof Outcome.Ok)) {
                    return Promise.of(outcome);
                }
            }
            for (var one : arrived) {
                one.file.close();
                storage.rename(one.name, nameOf(one.snapshot));
            }
            return storage.sync();
        });
    }

    /** Reads from the content of a snapshot. */
    int read(Snapshot snapshot, long offset, ByteBuffer into) {
        var name = nameOf(snapshot);
        if (!storage.list().contains(name)) {
            throw new IllegalArgumentException("there is no file " + name + " of snapshot " + snapshot.last());
        }
        try (var file = storage.open(name)) {
            return file.read(offset, into);
        }
    }

    /** Refuses a snapshot whose content is not there as it was written. */
    void verify(Snapshot snapshot) {
        if (snapshot.last().index() == 0) {
            return;
        }
        var name = nameOf(snapshot);
        if (!storage.list().contains(name)) {
            throw Recovery.corrupt(storage, name, 0, "the snapshot is missing");
        }
        try (var file = storage.open(name)) {
            if (!isContent(file, snapshot)) {
                throw Recovery.corrupt(
                        storage,
                        name,
                        0,
                        "the snapshot has " + file.size() + " bytes, and is not what was written (" + snapshot + ")");
            }
        }
    }

    /** Deletes all but some, and what was still coming in when the node ended. */
    void deleteAllBut(Collection<Snapshot> kept) {
        List<String> names = new ArrayList<>();
        kept.forEach(snapshot -> names.add(nameOf(snapshot)));
        for (var name : storage.list()) {
            if (name.startsWith(PREFIX) && !names.contains(name)) {
                storage.delete(name);
            }
        }
    }

    void deleteIncoming() {
        storage.list().stream().filter(name -> name.startsWith(INCOMING)).forEach(storage::delete);
    }

    private static boolean isContent(StorageFile file, Snapshot snapshot) {
        var crc = new CRC32C();
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long at = 0;
        int count = file.read(at, buffer);
        while (count > 0) {
            crc.update(buffer.flip());
            at += count;
            count = file.read(at, buffer.clear());
        }
        return at == snapshot.sizeBytes() && (int) crc.getValue() == snapshot.crc32c();
    }
}
