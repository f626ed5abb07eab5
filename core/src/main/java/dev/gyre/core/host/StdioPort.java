package dev.gyre.core.host;

import dev.gyre.core.Storage;
import dev.gyre.core.codec.LineBuffer;
import dev.gyre.core.codec.LineEncoder;
import dev.gyre.core.codec.PayloadTypes;
import dev.gyre.core.loop.HostPort;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Time, randomness, the disk, and the one writer of the output stream. For the node's thread. */
final class StdioPort implements HostPort {
    /** Output beyond this is written although more input waits: it bounds memory. */
    private static final int FLUSH_BYTES = 1 << 16;

    /** Output is written at least so often although more input waits: who is busy for long must not seem dead. */
    private static final long FLUSH_NANOS = 1_000_000;

    private final OutputStream out;
    private final StdioDisk disk;
    private final LineBuffer buffer = new LineBuffer();
    private final LineEncoder encoder = new LineEncoder(buffer);
    private final long startNanos = System.nanoTime();
    private final RandomGenerator random = new SplittableRandom(
            startNanos ^ Long.rotateLeft(ProcessHandle.current().pid(), 32));
    /** Far from those of other processes that had this node's name, and exact in any JSON library. */
    private final long firstMessageId = 1 + (random.nextLong(1L << 30) << 20);

    private String nodeId = "";
    private long flushedNanos;

    StdioPort(OutputStream out, StdioDisk disk) {
        this.out = out;
        this.disk = disk;
    }

    /** Whether the node waits for its disk. */
    boolean isBusy() {
        return disk.isBusy();
    }

    void useNodeId(String id) {
        nodeId = id;
    }

    @Override
    public long nowNanos() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public <M> void send(String dest, OptionalLong msgId, OptionalLong inReplyTo, M payload, PayloadTypes<M> types) {
        encoder.encode(nodeId, dest, msgId, inReplyTo, payload, types);
    }

    @Override
    public Storage storage() {
        return disk.storage(nodeId);
    }

    @Override
    public long firstMessageId() {
        return firstMessageId;
    }

    /** Puts what this action sends before all that waits to be written. */
    void sendFirst(Runnable action) {
        var waiting = buffer.drain();
        action.run();
        buffer.write(waiting, 0, waiting.length);
    }

    /** Writes what waits, if it is much or the last time was a while ago. */
    void flushIfDue() throws IOException {
        if (buffer.size() >= FLUSH_BYTES || (buffer.size() > 0 && nowNanos() - flushedNanos >= FLUSH_NANOS)) {
            flush();
        }
    }

    void flush() throws IOException {
        if (buffer.size() > 0) {
            buffer.drainTo(out);
            flushedNanos = nowNanos();
        }
    }
}
