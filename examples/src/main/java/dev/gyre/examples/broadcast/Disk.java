package dev.gyre.examples.broadcast;

import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The elements on disk: a file of records, each an element and its checksum. While one sync is under way, what comes is written
 * and waits for the next, so a busy node syncs as often as its disk can and no more.
 */
final class Disk {
    private static final int RECORD_BYTES = Long.BYTES + Integer.BYTES;

    private final StorageFile file;
    private final List<Long> recovered = new ArrayList<>();
    private List<Runnable> waiting = new ArrayList<>();
    private boolean isSyncing = true;

    /** Reads what earlier lives of the node have left. */
    Disk(Storage storage) {
        file = storage.open("elements");
        recover();
        // The file may be new: its name must be as durable as what is in it.
        storage.sync().whenDone(this::synced);
    }

    /** The elements that were found, in the order in which they were written. */
    List<Long> recovered() {
        return recovered;
    }

    /** Cuts off the first record that is not whole and all after it: no sync covered them, so nobody was told of them. */
    private void recover() {
        var record = ByteBuffer.allocate(RECORD_BYTES);
        long end = 0;
        while (file.read(end, record.clear()) == RECORD_BYTES
                && record.getInt(Long.BYTES) == checksum(record.getLong(0))) {
            recovered.add(record.getLong(0));
            end += RECORD_BYTES;
        }
        file.truncate(end);
    }

    /** Writes elements, and goes on once they are durable. */
    void keep(List<Long> elements, Runnable next) {
        var records = ByteBuffer.allocate(elements.size() * RECORD_BYTES);
        elements.forEach(element -> records.putLong(element).putInt(checksum(element)));
        file.append(records.flip());
        waiting.add(next);
        if (!isSyncing) {
            sync();
        }
    }

    private void sync() {
        isSyncing = true;
        var covered = waiting;
        waiting = new ArrayList<>();
        file.sync().whenDone(outcome -> {
            synced(outcome);
            covered.forEach(Runnable::run);
        });
    }

    private void synced(Outcome<Storage.Synced> outcome) {
        if (outcome instanceof Outcome.Unknown<Storage.Synced>(RpcError error)) {
            throw new StorageException(StorageException.Kind.FAILED, error.text());
        }
        isSyncing = false;
        if (!waiting.isEmpty()) {
            sync();
        }
    }

    private static int checksum(long element) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(element).flip());
        return (int) crc.getValue();
    }
}
