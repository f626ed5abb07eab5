package dev.gyre.core.host;

import dev.gyre.core.codec.LineMessage;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has happened and was not yet taken, between the threads that read and sync and the node's. Bounded: when the node falls behind, the
 * reader waits, then the pipe fills, then the sender waits.
 */
final class Inbox {
    /** What a line turned out to be. */
    sealed interface Input {
        /** A message. */
        record Good(LineMessage message) implements Input {}

        /** A line that is no message, and why. */
        record Bad(long lineNumber, String reason) implements Input {}

        /** Something that the node has waited for, such as a sync, is done: the node goes on with this. */
        record Done(Runnable next) implements Input {}
    }

    /** The empty batch stands for the end of the input. */
    static final List<Input> END = List.of();

    /** Batches are as large as what one read brings: a few of them keep both threads busy. */
    private static final int MAX_BATCHES = 8;

    private final ArrayBlockingQueue<List<Input>> batches = new ArrayBlockingQueue<>(MAX_BATCHES);
    private volatile boolean isClosed;

    /** Adds a batch, waiting for room; says whether anybody will take it. */
    boolean put(List<Input> batch) throws InterruptedException {
        batches.put(batch);
        return !isClosed;
    }

    /** The next batch, if one is there. */
    @Nullable List<Input> poll() {
        return batches.poll();
    }

    /** The next batch, if one comes in time. */
    @Nullable List<Input> poll(long nanos) throws InterruptedException {
        return nanos <= 0 ? batches.poll() : batches.poll(nanos, TimeUnit.NANOSECONDS);
    }

    /** Lets go of the thread that reads: nobody takes what it brings any more. */
    void close() {
        isClosed = true;
        batches.clear();
    }
}
