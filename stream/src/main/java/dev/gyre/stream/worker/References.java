package dev.gyre.stream.worker;

import dev.gyre.stream.control.SnapshotPart;
import dev.gyre.stream.snapshot.Section;
import dev.gyre.stream.snapshot.SectionRef;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a worker has written key groups, in one generation: a group that has not changed need not be written again, as long as the object that it is in is worth keeping.
 *
 * <p>A part refers to objects that its own part of the last committed snapshot needs, and to no others: so they are all kept when it is committed. Of these it takes the
 * {@value SnapshotPart#OLDER_MAX} of which most is in use, and none of which less than a quarter is: what else is in use there is written anew, so an object goes
 * when most of it has changed, and what all that a snapshot needs takes is four times its state at most.
 */
final class References {
    /** An object is worth keeping while one byte in so many is in use. */
    private static final int WASTE_MAX = 4;

    /** By operator and group, where it was written last; whether it has changed since, its operator knows. */
    private final Map<String, Map<Integer, SectionRef>> latest = new LinkedHashMap<>();

    /** How long the objects are that the latest part needs. */
    private final TreeMap<String, Long> sizes = new TreeMap<>();

    /** How much the latest part needs of each. */
    private final TreeMap<String, Long> used = new TreeMap<>();

    private SortedSet<String> usable = new TreeSet<>();
    private long latestSnapshot;

    /** The objects that a part which begins now may refer to. */
    SortedSet<String> usable() {
        return usable;
    }

    /** A group was written. */
    void written(SectionRef section) {
        latest.computeIfAbsent(section.section().operator(), first -> new LinkedHashMap<>())
                .put(section.section().group(), section);
    }

    /** Where a group was written last, if that is in one of some objects. */
    Optional<SectionRef> find(String operator, int group, SortedSet<String> objects) {
        return Optional.ofNullable(latest.get(operator))
                .map(groups -> groups.get(group))
                .filter(ref -> objects.contains(ref.object()));
    }

    /**
     * A part is complete.
     *
     * @param sections all that it has
     * @return the older objects that it refers to
     */
    List<String> taken(long snapshot, String object, List<SectionRef> sections, List<ByteBuffer> bytes) {
        latestSnapshot = snapshot;
        used.clear();
        used.put(object, 0L);
        sections.forEach(this::use);
        sizes.put(object, bytes.stream().mapToLong(ByteBuffer::remaining).sum());
        sizes.keySet().retainAll(used.keySet());
        var older = new TreeSet<>(used.keySet());
        older.remove(object);
        return List.copyOf(older);
    }

    private void use(SectionRef ref) {
        if (ref.section().group() != Section.NO_GROUP) {
            used.merge(ref.object(), (long) ref.length(), Long::sum);
        }
    }

    /** A snapshot is committed: what this worker's part of it needs is kept until a later one is. */
    void committed(long snapshot) {
        if (snapshot != latestSnapshot) {
            return; // of a part that it has not written, or did not end
        }
        usable = new TreeSet<>(used.entrySet().stream()
                .filter(object -> object.getValue() * WASTE_MAX >= sizes.getOrDefault(object.getKey(), Long.MAX_VALUE))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(SnapshotPart.OLDER_MAX)
                .map(Map.Entry::getKey)
                .toList());
    }
}
