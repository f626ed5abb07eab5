package dev.gyre.core.host;

import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk of a node on two streams: a folder of its own below the one that the user named, and a thread that waits for its
 * syncs, so that the node need not. For the node's thread.
 */
final class StdioDisk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StdioDisk.class);

    private final Optional<Path> data;
    private final Inbox inbox;
    private final SyncThread syncer = new SyncThread("gyre-disk", this::hand);
    private @Nullable Storage storage;
    private @Nullable DirectoryStorage directory;

    StdioDisk(Optional<Path> data, Inbox inbox) {
        this.data = data;
        this.inbox = inbox;
    }

    Storage storage(String nodeId) {
        var opened = storage;
        if (opened == null) {
            opened = data.<Storage>map(folder -> directory(folder, nodeId)).orElseGet(MemoryStorage::new);
            storage = opened;
        }
        return opened;
    }

    private DirectoryStorage directory(Path folder, String nodeId) {
        var opened = new DirectoryStorage(folder.resolve(Storage.checkName(nodeId)), syncer::submit, syncer::finished);
        directory = opened;
        return opened;
    }

    /** On the thread of the syncs: hands over to the node's. */
    private void hand(Runnable action) {
        try {
            inbox.put(List.of(new Inbox.Input.Done(action)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a sync is under way, or its end has not been taken yet. */
    boolean isBusy() {
        return syncer.isBusy();
    }

    @Override
    public void close() {
        syncer.close();
        if (directory != null) {
            try {
                directory.close();
            } catch (StorageException e) {
                log.warn("{}", e.getMessage());
            }
        }
    }
}
