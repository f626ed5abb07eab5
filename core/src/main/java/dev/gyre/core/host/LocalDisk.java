package dev.gyre.core.host;

import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one life of a node on a {@link LocalHost}, which are opened when they are first asked for. For the node's thread. */
final class LocalDisk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalDisk.class);

    private final String nodeId;
    private final LocalSettings settings;
    private final MemoryStorage kept;
    private final Runnable beforeSync;
    private final SyncThread syncer;
    private @Nullable Storage storage;
    private @Nullable DirectoryStorage directory;

    /**
     * A disk that nobody has asked for yet.
     *
     * @param kept the files in memory that are there at each start, if the settings want it
     * @param beforeSync is run before a sync stops the node's thread
     * @param loop runs what a sync has set off as an event of the node; for any thread
     */
    LocalDisk(String nodeId, LocalSettings settings, MemoryStorage kept, Runnable beforeSync, Consumer<Runnable> loop) {
        this.nodeId = nodeId;
        this.settings = settings;
        this.kept = kept;
        this.beforeSync = beforeSync;
        this.syncer = new SyncThread(LocalNode.THREAD_PREFIX + nodeId + "-disk", loop);
    }

    Storage storage() {
        var opened = storage;
        if (opened == null) {
            opened = settings.folder().<Storage>map(this::directory).orElseGet(this::memory);
            storage = opened;
        }
        return opened;
    }

    private MemoryStorage memory() {
        return settings.keepsMemory() ? kept : new MemoryStorage();
    }

    private DirectoryStorage directory(Path folder) {
        var own = folder.resolve(Storage.checkName(nodeId));
        var opened = switch (settings.syncs()) {
            case INLINE -> new DirectoryStorage(own, this::syncInline, Runnable::run);
            case THREAD -> new DirectoryStorage(own, syncer::submit, syncer::finished);
        };
        directory = opened;
        return opened;
    }

    private void syncInline(Runnable sync) {
        beforeSync.run();
        sync.run();
    }

    /** Whether a sync is under way, or its end has not been taken yet. */
    boolean isBusy() {
        return syncer.isBusy();
    }

    @Override
    public void close() {
        beforeSync.run();
        if (!syncer.closeAndWait()) {
            log.error("the disk of {} hangs in a sync: its thread is left behind", nodeId);
        }
        if (directory != null) {
            try {
                directory.close();
            } catch (StorageException e) {
                log.warn("{}", e.getMessage());
            }
        }
    }
}
