package dev.gyre.stream.control;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What workers have told a coordinator since it leads. All of it can be asked again. */
final class Heard {
    private final ControlState state;

    /** When each worker was heard last. */
    final SortedMap<Integer, Long> aliveNanos = new TreeMap<>();

    /** Lives that are not registered yet. */
    final SortedMap<Integer, Long> newLives = new TreeMap<>();

    private long generation;
    private long version;
    private long snapshot;
    private final TreeSet<Integer> ready = new TreeSet<>();
    private final TreeSet<Integer> ended = new TreeSet<>();
    private final SortedMap<Integer, Long> shown = new TreeMap<>();
    private final SortedMap<Long, TreeSet<Integer>> rescaled = new TreeMap<>();
    private final SortedMap<Integer, SnapshotPart> parts = new TreeMap<>();
    private Optional<String> snapshotFailure = Optional.empty();
    private Optional<String> failure = Optional.empty();

    /** Partitions that are finished, and who says so. */
    final SortedMap<PartitionId, Integer> finished = new TreeMap<>();

    /** The latest list of each source. */
    final SortedMap<String, Report.PartitionsListed> listed = new TreeMap<>();

    Heard(ControlState state) {
        this.state = state;
    }

    void forget() {
        aliveNanos.clear();
        newLives.clear();
        forgetGeneration();
    }

    private void forgetGeneration() {
        ready.clear();
        ended.clear();
        shown.clear();
        rescaled.clear();
        parts.clear();
        snapshotFailure = Optional.empty();
        failure = Optional.empty();
        finished.clear();
        listed.clear();
    }

    /** Drops what was said of what is over. */
    void follow() {
        newLives.entrySet()
                .removeIf(life ->
                        life.getValue() <= state.incarnation(life.getKey()).orElse(Long.MIN_VALUE));
        aliveNanos.keySet().removeIf(worker -> !state.isAlive(worker) && !newLives.containsKey(worker));
        if (generation != state.generation()) {
            generation = state.generation();
            forgetGeneration();
        }
        if (version != state.version()) {
            version = state.version();
            ended.clear(); // who has ended may have been given more
        }
        long underWay = state.operation()
                .map(one -> one instanceof Operation.Snapshot own ? own.snapshot() : 0L)
                .orElse(0L);
        if (snapshot != underWay) {
            snapshot = underWay;
            parts.clear();
            snapshotFailure = Optional.empty();
        }
        if (!finished.isEmpty()) {
            var polled = new TreeSet<PartitionId>();
            state.partitions().forEach(one -> polled.add(one.id()));
            finished.keySet().retainAll(polled);
        }
    }

    /** Nobody could be heard for a while: silence says nothing of workers. */
    void forgive(long nowNanos) {
        aliveNanos.replaceAll((worker, then) -> nowNanos);
    }

    void report(int worker, Report report, long nowNanos) {
        follow();
        switch (report) {
            case Report.Alive(var id, var incarnation) -> alive(id, incarnation, nowNanos);
            case Report.Ready(var in) -> addIf(in == generation, ready, worker);
            case Report.Ended(var in, var under) -> addIf(in == generation && under == version, ended, worker);
            case Report.Shown(var in, var id) -> {
                if (in == generation) {
                    shown.merge(worker, id, Math::max);
                }
            }
            case Report.Failed(var in, var reason) -> {
                if (in == generation) {
                    failure = Optional.of("worker " + worker + ": " + reason);
                }
            }
            case Report.SnapshotTaken(var in, var id, var part) -> {
                if (in == generation && id == snapshot && part.worker() == worker) {
                    parts.putIfAbsent(worker, part);
                }
            }
            case Report.SnapshotFailed(var in, var id, var reason) -> {
                if (in == generation && id == snapshot) {
                    snapshotFailure = Optional.of("worker " + worker + ": " + reason);
                }
            }
            case Report.RescaleDone(var in, var to) -> {
                if (in == generation) {
                    rescaled.computeIfAbsent(to, unknown -> new TreeSet<>()).add(worker);
                    ready.add(worker);
                }
            }
            case Report.PartitionsListed list -> {
                if (list.generation() == generation && state.lister().equals(Optional.of(worker))) {
                    listed.put(list.source(), list);
                }
            }
            case Report.PartitionFinished(var in, var source, var partition) -> {
                if (in == generation) {
                    finished.put(new PartitionId(source, partition), worker);
                }
            }
        }
    }

    private void alive(int worker, long incarnation, long nowNanos) {
        long known = state.incarnation(worker).orElse(Long.MIN_VALUE);
        boolean isNew = state.incarnation(worker).isEmpty() || incarnation > known;
        if (isNew) {
            newLives.merge(worker, incarnation, Math::max);
        }
        if (isNew || (incarnation == known && state.isAlive(worker))) {
            aliveNanos.put(worker, nowNanos);
        }
    }

    private static void addIf(boolean isOfNow, Collection<Integer> to, int worker) {
        if (isOfNow) {
            to.add(worker);
        }
    }

    boolean areReady() {
        return ready.containsAll(state.workers());
    }

    boolean haveEnded() {
        return ended.containsAll(state.workers());
    }

    /** Whether everybody shows the output up to a snapshot. */
    boolean haveShown(long committed) {
        return state.workers().stream().allMatch(worker -> shown.getOrDefault(worker, 0L) >= committed);
    }

    boolean haveRescaled(Operation.Rescaling rescaling) {
        return rescaled.getOrDefault(rescaling.version(), new TreeSet<>()).containsAll(rescaling.participants());
    }

    /** The parts of a snapshot, once all are there. */
    Optional<List<SnapshotPart>> parts(Operation.Snapshot underWay) {
        return parts.keySet().containsAll(underWay.participants())
                ? Optional.of(List.copyOf(parts.values()))
                : Optional.empty();
    }

    Optional<String> snapshotFailure() {
        return snapshotFailure;
    }

    Optional<String> failure() {
        return failure;
    }
}
