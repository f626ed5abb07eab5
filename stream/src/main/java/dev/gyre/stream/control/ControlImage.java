package dev.gyre.stream.control;

import java.util.List;
import java.util.Optional;

/**
 * All of a {@link ControlState}, to be kept.
 *
 * @param sets the assignments of this generation: the first, and one for each rescale
 */
record ControlImage(
        int groups,
        JobPhase phase,
        long generation,
        long lastVersion,
        long lastSnapshot,
        List<VersionedSet> sets,
        Optional<Operation.Snapshot> snapshot,
        Optional<Operation.Rescaling> rescaling,
        List<CommittedSnapshot> committed,
        List<Workers.Life> workers,
        List<Partitions.KeptSource> sources,
        List<RequestState> requests) {
    /** The workers of a version of the assignment. */
    record VersionedSet(long version, List<Integer> workers) {}
}
