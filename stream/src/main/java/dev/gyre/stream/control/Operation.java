package dev.gyre.stream.control;

import java.util.List;
import java.util.Optional;

/** What is under way in a generation: one at a time. */
public sealed interface Operation {
    /** Who asked for it, unless the coordinator did. */
    Optional<String> request();

    /** The workers that must report. Ascending. */
    List<Integer> participants();

    /**
     * A snapshot: participants write their parts.
     *
     * @param snapshot its id
     * @param version of the assignment
     * @param finished the partitions that were finished when it began
     * @param finishedSources the sources that had finished when it began
     * @param suspends the job stops with it
     */
    record Snapshot(
            long snapshot,
            long version,
            List<Integer> participants,
            List<PartitionId> finished,
            List<String> finishedSources,
            boolean suspends,
            Optional<String> request)
            implements Operation {}

    /**
     * A change of the workers: participants are the old and the new ones.
     *
     * @param version of the assignment to come
     * @param workers the new ones, ascending
     * @param partitions who will poll what, of the partitions that there were when it began
     */
    record Rescaling(
            long version,
            List<Integer> workers,
            List<Integer> participants,
            List<PartitionOwner> partitions,
            Optional<String> request)
            implements Operation {}
}
