package dev.gyre.stream.control;

import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Rescale;
import java.util.List;
import java.util.Optional;

/** What an entry came to when it was applied: workers act on these, every one alike. */
public sealed interface Decision {
    /** The entry does nothing, for what it takes for granted is not so. */
    record Refused(String reason) implements Decision {}

    /** A worker has a new life, and can be given work. */
    record WorkerRegistered(int worker, long incarnation) implements Decision {}

    /** A life of a worker is over; if it is still there, it begins another with a higher incarnation. */
    record WorkerGone(int worker, long incarnation) implements Decision {}

    /** The run cannot go on: its workers stop and wait for the next. */
    record GenerationBroken(long generation, String reason) implements Decision {}

    /**
     * A run begins: its workers drop what they have of earlier ones and restore the snapshot.
     *
     * @param partitions who polls what: all that are not finished
     * @param finishedSources those that have ended in the snapshot already; their workers send the end at once
     * @param snapshot to restore; when there is none the job begins anew
     */
    record GenerationStarted(
            long generation,
            Assignment assignment,
            List<PartitionOwner> partitions,
            List<String> finishedSources,
            Optional<CommittedSnapshot> snapshot)
            implements Decision {}

    /** A snapshot begins: sources send the barrier here, and nothing behind it if the job is to stop. */
    record SnapshotBegun(long generation, Operation.Snapshot operation) implements Decision {}

    /** A snapshot is committed: sinks commit. */
    record SnapshotCommitted(CommittedSnapshot snapshot) implements Decision {}

    /** A snapshot is given up: what was written for it may be deleted. */
    record SnapshotAborted(long generation, long snapshot, String reason) implements Decision {}

    /**
     * A change of workers begins: sources send the marker here.
     *
     * @param partitions who polls what when it is committed: to whom a position is to be handed over. What is found meanwhile is nobody's till then
     * @param nextSnapshot the least id that the snapshot after it may have: what workers that leave have to show is prepared for it
     */
    record RescaleBegun(long generation, Rescale rescale, List<PartitionOwner> partitions, long nextSnapshot)
            implements Decision {}

    /**
     * A change of workers is done. {@link PartitionsAssigned} follows, if partitions were found meanwhile.
     *
     * @param partitions who polls what from here on: as it was told when it began, without what has finished or gone
     */
    record RescaleCommitted(long generation, Assignment assignment, List<PartitionOwner> partitions)
            implements Decision {}

    /** A change of workers is given up; the generation is broken. */
    record RescaleAborted(long generation, long version, String reason) implements Decision {}

    /** New partitions have owners; the others stay where they are. */
    record PartitionsAssigned(List<PartitionOwner> partitions) implements Decision {}

    /** Partitions are not polled any more: finished, or gone. */
    record PartitionsRemoved(List<PartitionId> partitions) implements Decision {}

    /** No partition of a source will give any more records: workers send its end here. Once a generation, or in {@link GenerationStarted}. */
    record SourceFinished(String source) implements Decision {}

    /** No partition of a source will be found any more; it is not listed again. */
    record SourceClosed(String source) implements Decision {}

    /** The job stands still, and will go on from a snapshot. */
    record Suspended(long generation, long snapshot) implements Decision {}

    /** The job is to go on; a generation follows. */
    record Resumed() implements Decision {}

    /** The job is at its end: workers close what they have. */
    record Completed(long generation) implements Decision {}

    /**
     * A snapshot is given up.
     *
     * @param objects those that no other snapshot refers to: to be deleted
     */
    record SnapshotRetired(long snapshot, List<String> objects) implements Decision {}
}
