package dev.gyre.stream.snapshot;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread that waits for the disk of {@link DirectorySnapshots}, so that no worker has to: the one class of this package that has to do with threads. */
final class SnapshotThread implements AutoCloseable {
    /** Requests that wait: each worker has a few under way at most, so more are a loop that has gone wild. */
    static final int MAX_REQUESTS = 1 << 14;

    /** How long requests may still take when the store is closed. */
    private static final long PATIENCE_SECONDS = 30;

    private final ThreadPoolExecutor pool;
    private volatile @Nullable Thread thread;

    /** A thread that is started at the first request. */
    SnapshotThread(String name) {
        pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_REQUESTS), body -> {
            var made = new Thread(body, name);
            made.setDaemon(true);
            thread = made;
            return made;
        });
    }

    /** Runs a request after those before it; says whether it will, which it does not when too many wait or it is closed. */
    boolean submit(Runnable request) {
        try {
            pool.execute(request);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    boolean isClosed() {
        return pool.isShutdown();
    }

    /** Takes no more requests, and waits until those that are there are done: says whether they are. */
    boolean closeAndWait() {
        pool.shutdown(); // without an interrupt, which would close a file while it is written
        try {
            boolean isDone = pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
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

    @Override
    public void close() {
        closeAndWait();
    }
}
