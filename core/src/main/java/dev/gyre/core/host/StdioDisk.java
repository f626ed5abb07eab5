package dev.gyre.core.host;

import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk of a node on two streams: a folder of its own below the one that the user named, and a thread that waits for its
 * syncs, so that the node need not. For the node's thread.
 */
final class StdioDisk implements AutoCloseable {
    /** Syncs that wait: a service that asks for more than this does not wait for any of them. */
    private static final int MAX_SYNCS = 1 << 16;

    private static final Logger log = LoggerFactory.getLogger(StdioDisk.class);

    private final Optional<Path> data;
    private final Inbox inbox;
    private final ThreadPoolExecutor syncer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_SYNCS), StdioDisk::thread);
    private @Nullable Storage storage;
    private @Nullable DirectoryStorage directory;
    private int underWay;

    StdioDisk(Optional<Path> data, Inbox inbox) {
        this.data = data;
        this.inbox = inbox;
    }

    private static Thread thread(Runnable body) {
        var thread = new Thread(body, "gyre-disk");
        thread.setDaemon(true);
        return thread;
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
        var opened = new DirectoryStorage(folder.resolve(Storage.checkName(nodeId)), this::submit, this::finished);
        directory = opened;
        return opened;
    }

    private void submit(Runnable sync) {
        try {
            syncer.execute(sync);
        } catch (RejectedExecutionException e) {
            throw new StorageException(
                    StorageException.Kind.FAILED, MAX_SYNCS + " syncs wait for the disk: it does not keep up", e);
        }
        underWay++;
    }

    /** On the thread of the syncs: hands over to the node's. */
    private void finished(Runnable action) {
        try {
            inbox.put(List.of(new Inbox.Input.Done(() -> {
                underWay--;
                action.run();
            })));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a sync is under way, or its end has not been taken yet. */
    boolean isBusy() {
        return underWay > 0;
    }

    @Override
    public void close() {
        syncer.shutdownNow();
        if (directory != null) {
            try {
                directory.close();
            } catch (StorageException e) {
                log.warn("{}", e.getMessage());
            }
        }
    }
}
