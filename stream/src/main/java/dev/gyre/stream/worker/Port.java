package dev.gyre.stream.worker;

/** What a worker needs of the outside. */
public interface Port {
    /** Sends a frame to another worker: arrives in order, unless the generation ends. */
    void send(int worker, Frame frame);

    /** Everything that a rescale means for this worker is done. */
    void rescaled(long version);

    /** A partition has no more records. */
    void partitionFinished(String source, String partition);

    /** Every stage has ended. */
    void ended();

    /** Every stage is suspended. */
    void suspended();
}
