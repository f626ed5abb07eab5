package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The partitions of all sources: who polls them, and which are finished. */
final class Partitions {
    /** No worker: the partition was found while nobody worked. */
    static final int NOBODY = Integer.MIN_VALUE;

    /**
     * A partition as it is kept.
     *
     * @param owner who polls it, or {@link #NOBODY}
     */
    record Kept(String partition, int owner, boolean finished) {}

    /** A source as it is kept. */
    record KeptSource(String source, boolean closed, List<Kept> partitions) {}

    private static final class Source {
        private boolean closed;
        private final NavigableMap<String, Integer> owners = new TreeMap<>();
        private final TreeSet<String> finished = new TreeSet<>();

        boolean isFinished() {
            return closed && owners.isEmpty();
        }
    }

    private final SortedMap<String, Source> sources = new TreeMap<>();

    /** As they are kept. */
    List<KeptSource> kept() {
        var all = new ArrayList<KeptSource>();
        sources.forEach((name, source) -> {
            var kept = new ArrayList<Kept>();
            source.owners.forEach((partition, owner) -> kept.add(new Kept(partition, owner, false)));
            source.finished.forEach(partition -> kept.add(new Kept(partition, NOBODY, true)));
            all.add(new KeptSource(name, source.closed, kept));
        });
        return all;
    }

    void restore(List<KeptSource> kept) {
        sources.clear();
        for (var one : kept) {
            var source = new Source();
            source.closed = one.closed;
            for (var partition : one.partitions) {
                if (partition.finished) {
                    source.finished.add(partition.partition);
                } else {
                    source.owners.put(partition.partition, partition.owner);
                }
            }
            sources.put(one.source, source);
        }
    }

    /** Adds those that are new, without an owner. */
    void find(String name, Collection<String> partitions, boolean closed) {
        var source = sources.computeIfAbsent(name, unknown -> new Source());
        fresh(name, partitions).forEach(id -> source.owners.put(id.partition(), NOBODY));
        source.closed |= closed;
    }

    /** Those of a list that are not known, ascending. */
    List<PartitionId> fresh(String name, Collection<String> partitions) {
        return new TreeSet<>(partitions)
                .stream()
                        .map(partition -> new PartitionId(name, partition))
                        .filter(id -> !isKnown(id))
                        .toList();
    }

    /** Gives the partitions that have no owner to workers; nothing moves. */
    List<PartitionOwner> assignFree(List<Integer> workers) {
        var assigned = new ArrayList<PartitionOwner>();
        var all = new TreeMap<Integer, Integer>();
        workers.forEach(worker -> all.put(worker, 0));
        owners().forEach(one -> all.computeIfPresent(one.owner(), (worker, held) -> held + 1));
        sources.forEach((name, source) -> {
            var own = new TreeMap<Integer, Integer>();
            workers.forEach(worker -> own.put(worker, 0));
            source.owners.values().forEach(owner -> own.computeIfPresent(owner, (worker, held) -> held + 1));
            for (var entry : source.owners.entrySet()) {
                if (entry.getValue() == NOBODY) {
                    int owner = Placement.place(own, all);
                    own.merge(owner, 1, Integer::sum);
                    all.merge(owner, 1, Integer::sum);
                    entry.setValue(owner);
                    assigned.add(new PartitionOwner(new PartitionId(name, entry.getKey()), owner));
                }
            }
        });
        return assigned;
    }

    /** How all that are not finished would be shared out to workers. */
    List<PartitionOwner> shares(List<Integer> workers) {
        var load = new TreeMap<Integer, Integer>();
        workers.forEach(worker -> load.put(worker, 0));
        var shares = new ArrayList<PartitionOwner>();
        sources.forEach((name, source) -> Placement.rebalance(source.owners, load)
                .forEach(
                        (partition, owner) -> shares.add(new PartitionOwner(new PartitionId(name, partition), owner))));
        return shares;
    }

    /** Moves those that are still polled. */
    void move(List<PartitionOwner> shares) {
        for (var share : shares) {
            var source = sources.get(share.id().source());
            if (source != null) {
                source.owners.replace(share.id().partition(), share.owner());
            }
        }
    }

    /** Puts the finished flags as they were; partitions that have gone since stay so. */
    void rewind(Collection<PartitionId> finished) {
        var wanted = new TreeSet<>(finished);
        sources.forEach((name, source) -> {
            for (var partition : List.copyOf(source.finished)) {
                if (!wanted.contains(new PartitionId(name, partition))) {
                    source.finished.remove(partition);
                    source.owners.put(partition, NOBODY);
                }
            }
        });
    }

    /** All are to be listed again and read on where they ended: there may be more by now. */
    void reopen() {
        sources.values().forEach(source -> {
            source.closed = false;
            source.finished.forEach(partition -> source.owners.put(partition, NOBODY));
            source.finished.clear();
        });
    }

    /** Those of a list that are polled, ascending. */
    List<PartitionId> polled(String name, Collection<String> partitions) {
        var source = sources.get(name);
        return source == null
                ? List.of()
                : new TreeSet<>(partitions)
                        .stream()
                                .filter(source.owners::containsKey)
                                .map(partition -> new PartitionId(name, partition))
                                .toList();
    }

    void finish(PartitionId id) {
        var source = sources.get(id.source());
        if (source != null && source.owners.remove(id.partition()) != null) {
            source.finished.add(id.partition());
        }
    }

    void forget(PartitionId id) {
        var source = sources.get(id.source());
        if (source != null) {
            source.owners.remove(id.partition());
            source.finished.remove(id.partition());
        }
    }

    boolean isKnown(PartitionId id) {
        var source = sources.get(id.source());
        return source != null
                && (source.owners.containsKey(id.partition()) || source.finished.contains(id.partition()));
    }

    /** All that are known of a source. */
    List<String> known(String name) {
        var source = sources.get(name);
        if (source == null) {
            return List.of();
        }
        var all = new TreeSet<>(source.owners.navigableKeySet());
        all.addAll(source.finished);
        return List.copyOf(all);
    }

    boolean isListed(String name) {
        return sources.containsKey(name);
    }

    boolean isClosed(String name) {
        var source = sources.get(name);
        return source != null && source.closed;
    }

    boolean isFinished(String name) {
        var source = sources.get(name);
        return source != null && source.isFinished();
    }

    boolean areAllFinished() {
        return sources.values().stream().allMatch(Source::isFinished);
    }

    List<String> finishedSources() {
        return sources.keySet().stream().filter(this::isFinished).toList();
    }

    List<PartitionId> finished() {
        var all = new ArrayList<PartitionId>();
        sources.forEach(
                (name, source) -> source.finished.forEach(partition -> all.add(new PartitionId(name, partition))));
        return all;
    }

    /** Who polls what: partitions that are not finished and have an owner. */
    List<PartitionOwner> owners() {
        var all = new ArrayList<PartitionOwner>();
        sources.forEach((name, source) -> source.owners.forEach((partition, owner) -> {
            if (owner != NOBODY) {
                all.add(new PartitionOwner(new PartitionId(name, partition), owner));
            }
        }));
        return all;
    }
}
