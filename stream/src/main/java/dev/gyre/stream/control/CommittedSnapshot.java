package dev.gyre.stream.control;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A snapshot from which the job can go on.
 *
 * @param snapshot its id
 * @param generation the run that took it
 * @param version of the assignment that it was taken under
 * @param parts one of each worker of that assignment, ascending by worker
 * @param finished the partitions that were finished when it began, ascending: where their ends are in band before the barrier
 * @param finishedSources the sources that had finished when it began, ascending; if they are all, it is the last one
 */
public record CommittedSnapshot(
        long snapshot,
        long generation,
        long version,
        List<SnapshotPart> parts,
        List<PartitionId> finished,
        List<String> finishedSources) {
    /** A snapshot, with lists of its own. */
    public CommittedSnapshot {
        parts = List.copyOf(parts);
        finished = List.copyOf(finished);
        finishedSources = List.copyOf(finishedSources);
    }

    /** The objects that it needs, of earlier snapshots too. */
    public SortedSet<String> objects() {
        var objects = new TreeSet<String>();
        parts.forEach(part -> objects.addAll(part.objects()));
        return objects;
    }
}
