package dev.gyre.stream.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The threads of a server: one for each request that is there, until it is answered. */
final class ServerThreads implements Executor, AutoCloseable {
    /** Requests at a time, those that are only half sent among them: connections beyond are closed. A person and a monitor need a few. */
    static final int MAX_REQUESTS = 32;

    static final String NAME_PREFIX = "gyre-http-";

    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    ServerThreads() {
        var number = new AtomicLong();
        pool = new ThreadPoolExecutor(
                0, MAX_REQUESTS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), body -> {
                    var made = new Thread(body, NAME_PREFIX + number.incrementAndGet());
                    made.setDaemon(true);
                    threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
                    threads.add(made);
                    return made;
                });
    }

    /**
     * Serves a request.
     *
     * @throws RejectedExecutionException when there are {@link #MAX_REQUESTS}, or it is closed
     */
    @Override
    public void execute(Runnable request) {
        pool.execute(request);
    }

    /** Interrupts all, and waits until they have ended. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
