package dev.gyre.stream.control;

import java.util.Comparator;

/**
 * A partition of a source.
 *
 * @param source the name of the source in the job
 * @param partition the name of the partition in the source
 */
public record PartitionId(String source, String partition) implements Comparable<PartitionId> {
    private static final Comparator<PartitionId> ORDER =
            Comparator.comparing(PartitionId::source).thenComparing(PartitionId::partition);

    @Override
    public int compareTo(PartitionId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return source + "/" + partition;
    }
}
