package dev.gyre.maelstrom.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes lines to a node's stdin without ever making the caller wait: a thread of its own writes, and flushes when nothing more
 * is queued. The caller is one thread.
 */
final class NodeInput implements Runnable {
    /**
     * How many characters may wait for a node that does not read, say because it is paused: far more than a run sends a node in
     * a minute, and little enough that 25 of them fit in memory.
     */
    static final long QUEUED_MAX_CHARS = 32 << 20;

    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedChars = new AtomicLong();
    private final OutputStream out;

    NodeInput(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    /** Whether the node lags so far behind that no more is queued for it. */
    boolean isFull() {
        return queuedChars.get() > QUEUED_MAX_CHARS;
    }

    void write(String line) {
        queuedChars.addAndGet(line.length());
        queue.add(line);
    }

    @Override
    public void run() {
        try {
            while (true) {
                String line = queue.take();
                for (var next = line; next != null; next = queue.poll()) {
                    queuedChars.addAndGet(-next.length());
                    out.write(next.getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
                out.flush();
            }
        } catch (IOException e) {
            // The node no longer reads. If that is because it ended, its exit is reported; if not, it will miss
            // messages.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
