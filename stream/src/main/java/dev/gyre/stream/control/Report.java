package dev.gyre.stream.control;

import java.util.List;

/**
 * What a worker tells the coordinator. Each may be lost, late or repeated; a worker sends again what still holds when it is {@linkplain
 * Solicitation asked to}. Those of another generation than the present are passed over.
 *
 * <p>Plain values, to travel as messages.
 */
public sealed interface Report {
    /**
     * It is there: to be sent several times in each heartbeat timeout, by spare workers too.
     *
     * @param incarnation higher than in all its earlier lives; a worker that reads of its own loss goes on with a higher one
     */
    record Alive(int worker, long incarnation) implements Report {}

    /** It has restored what the generation starts from, and works. */
    record Ready(long generation) implements Report {}

    /** Its part of a snapshot is durable. */
    record SnapshotTaken(long generation, long snapshot, SnapshotPart part) implements Report {}

    /**
     * Its sinks show what they had prepared for a snapshot that is committed, and for those before it. The job is not at its end before all say so of the last
     * one: else what a worker had prepared that dies now would never be shown.
     */
    record Shown(long generation, long snapshot) implements Report {}

    /** It cannot write its part of a snapshot; it goes on without. */
    record SnapshotFailed(long generation, long snapshot, String reason) implements Report {}

    /** It has handed over and taken over all that a rescale gives it to. */
    record RescaleDone(long generation, long version) implements Report {}

    /**
     * The partitions that a source has now: all of them. From {@link ControlState#lister} alone.
     *
     * @param closed no others will be found, ever
     */
    record PartitionsListed(long generation, String source, List<String> partitions, boolean closed)
            implements Report {}

    /** A partition of its own is read to its end; whoever asks again is told of all that are not yet {@link Decision.PartitionsRemoved}. */
    record PartitionFinished(long generation, String source, String partition) implements Report {}

    /**
     * All of its stages have ended, and their output is where it belongs but for the commit of sinks.
     *
     * @param version of the assignment in force: who is given more by a rescale ends again
     */
    record Ended(long generation, long version) implements Report {}

    /** It cannot go on: an operator has thrown, an invariant is broken. The whole generation is started anew. */
    record Failed(long generation, String reason) implements Report {}
}
