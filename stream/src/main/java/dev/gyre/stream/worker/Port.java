package dev.gyre.stream.worker;

import java.nio.ByteBuffer;
import java.util.List;

/** What a worker needs of the outside. */
public interface Port {
    /** Sends a frame to another worker: arrives in order, unless the generation ends. */
    void send(int worker, Frame frame);

    /** Records of another worker have been consumed, and need no more memory. */
    default void consumed(int edge, int sender, int records) {}

    /** Everything that a rescale means for this worker is done. */
    void rescaled(long version);

    /**
     * What this worker knows at a snapshot is written, and to be made durable.
     *
     * @param older the objects that it refers to
     * @param part its bytes, in order
     */
    void taken(long snapshot, List<String> older, List<ByteBuffer> part);

    /** A partition has no more records. */
    void partitionFinished(String source, String partition);

    /**
     * Every stage has ended.
     *
     * @param version of the assignment in force
     */
    void ended(long version);
}
