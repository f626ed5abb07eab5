package dev.gyre.core.host;

import dev.gyre.core.StorageException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A thread that waits for the syncs of one node's disk, so that the node need not. For the node's thread, but for {@link #finished}. */
final class SyncThread implements AutoCloseable {
    /** Syncs that wait: a service that asks for more than this does not wait for any of them. */
    private static final int MAX_SYNCS = 1 << 16;

    /** How long a sync that is under way may still take when the node ends. */
    private static final long PATIENCE_SECONDS = 10;

    private final ThreadPoolExecutor syncer;
    private final Consumer<Runnable> loop;
    private volatile @Nullable Thread thread;
    private int underWay;

    /**
     * A thread that is started at the first sync.
     *
     * @param loop runs on the node's thread what a sync that is done sets off; for any thread
     */
    SyncThread(String name, Consumer<Runnable> loop) {
        this.loop = loop;
        this.syncer = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_SYNCS), body -> {
            var made = new Thread(body, name);
            made.setDaemon(true);
            thread = made;
            return made;
        });
    }

    void submit(Runnable sync) {
        try {
            syncer.execute(sync);
        } catch (RejectedExecutionException e) {
            throw new StorageException(
                    StorageException.Kind.FAILED, MAX_SYNCS + " syncs wait for the disk: it does not keep up", e);
        }
        underWay++;
    }

    /** On the thread of the syncs: hands over to the node's. */
    void finished(Runnable action) {
        loop.accept(() -> {
            underWay--;
            action.run();
        });
    }

    /** Whether a sync is under way, or its end has not been taken yet. */
    boolean isBusy() {
        return underWay > 0;
    }

    /** Drops the syncs that wait; nobody is told. */
    @Override
    public void close() {
        syncer.shutdownNow();
    }

    /** As {@link #close}, and waits for the one under way; says whether it has ended. */
    boolean closeAndWait() {
        syncer.getQueue().clear();
        syncer.shutdown(); // without an interrupt, which would close the file under the sync
        try {
            boolean isDone = syncer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            var last = thread;
            if (isDone && last != null) {
                last.join(); // the pool says that it has ended a moment before its thread has
            }
            return isDone;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
