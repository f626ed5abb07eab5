package dev.gyre.stream.operator;

/**
 * What a source tells the operators of its stage of the partitions that it reads at this worker: several are read in turn, and each has its own time. Comes in order
 * with the records. Nothing of it leaves the stage.
 */
public sealed interface SourceNews {
    /** A partition is, or will be, read here: its time is waited for. */
    record Comes(String partition) implements SourceNews {}

    /** It is read here no more. */
    record Goes(String partition) implements SourceNews {}

    /**
     * The records that follow, up to the next pause, are of this partition.
     *
     * @param nowNanos on the worker's clock
     */
    record Turn(String partition, long nowNanos) implements SourceNews {}

    /**
     * There is nothing to read at the moment.
     *
     * @param nowNanos on the worker's clock
     */
    record Quiet(long nowNanos) implements SourceNews {}

    /**
     * Partitions were not asked for a while, as there was no room for what they have.
     *
     * @param nowNanos on the worker's clock
     */
    record Resumes(long nowNanos) implements SourceNews {}

    /**
     * A rescale: epochs that were sent count no more than what the slowest worker had sent, since a slow partition may come here from another. The next epoch may be an
     * earlier one.
     */
    record Restart() implements SourceNews {}
}
