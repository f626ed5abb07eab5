package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.control.Decision;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.snapshot.MemorySnapshots;
import dev.gyre.stream.snapshot.Replicas;
import dev.gyre.stream.snapshot.SnapshotStores;
import dev.gyre.stream.worker.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What outlives all nodes in a simulated run of {@link NumbersJob}, and what must hold of it at every moment. */
final class JobWorld {
    final long records;
    final int pauseMillis;
    /** What nodes keep of snapshots, if they do. */
    final Replicas replicas = new Replicas();
    /** What sinks have shown. */
    final List<List<Object>> shown = new ArrayList<>();
    /** How often what happened, each once in the run. */
    final TreeMap<String, Long> counts = new TreeMap<>();

    /** What each node was told since it was started last. */
    final TreeMap<String, List<Decided>> decided = new TreeMap<>();

    private final MemorySnapshots snapshots = new MemorySnapshots();
    private final TreeSet<String> isShown = new TreeSet<>();
    private final TreeMap<Long, List<Integer>> workersByVersion = new TreeMap<>();
    private final TreeSet<Long> committed = new TreeSet<>();
    /** What each snapshot that was committed needs; nothing, when it was retired. */
    private final TreeMap<Long, Set<String>> needed = new TreeMap<>();

    private final TreeSet<String> counted = new TreeSet<>();

    /** A decision, and the term of the leader who proposed it. */
    record Decided(long term, Decision decision) {}

    /**
     * A world in which nothing has happened.
     *
     * @param records that each partition gives
     * @param pauseMillis between five records of a partition and the next five
     */
    JobWorld(long records, int pauseMillis) {
        this.records = records;
        this.pauseMillis = pauseMillis;
    }

    /** The objects that kept snapshots need. */
    Set<String> needed() {
        var all = new TreeSet<String>();
        needed.values().forEach(all::addAll);
        return all;
    }

    /** Snapshots are kept outside of the nodes. */
    SnapshotStores outside() {
        return SnapshotStores.of(snapshots.store(Runnable::run));
    }

    void show(List<?> all) {
        all.forEach(one -> showOne((Map<?, ?>) one));
    }

    void showOne(Map<?, ?> prepared) {
        if (isShown.add((String) prepared.get("id"))) {
            ((List<?>) prepared.get("records")).forEach(record -> shown.add(List.copyOf((List<?>) record)));
        }
    }

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private void countOnce(String what, long id) {
        if (counted.add(what + " " + id)) {
            count(what);
        }
    }

    /** Checks what one life of a node is told. */
    JobSettings.Watcher watcher(String node) {
        long[] last = {0};
        var told = new ArrayList<Decided>();
        decided.put(node, told);
        return new JobSettings.Watcher() {
            @Override
            public void decided(long term, Decision decision) {
                told.add(new Decided(term, decision));
                follow(decision);
            }

            @Override
            public void failed(RuntimeException failure) {
                throw new AssertionError(failure.getMessage(), failure);
            }

            @Override
            public void snapshotCommitted(long snapshot) {
                assertThat(snapshot).as("snapshot at %s", node).isGreaterThan(last[0]);
                last[0] = snapshot;
                if (committed.isEmpty() || snapshot > committed.last()) {
                    committed.add(snapshot);
                    count("snapshots committed");
                }
                assertThat(committed)
                        .as("snapshots committed, as %s knows them", node)
                        .contains(snapshot);
            }
        };
    }

    private void follow(Decision decision) {
        switch (decision) {
            case Decision.GenerationStarted started -> {
                runsOn(started.assignment());
                countOnce("generations", started.generation());
            }
            case Decision.RescaleCommitted done -> {
                runsOn(done.assignment());
                countOnce("rescales committed", done.assignment().version());
            }
            case Decision.SnapshotCommitted(var snapshot) -> {
                if (needed.putIfAbsent(snapshot.snapshot(), snapshot.objects()) == null) {
                    long older = snapshot.parts().stream()
                            .mapToLong(part -> part.older().size())
                            .sum();
                    counts.merge("parts", (long) snapshot.parts().size(), Long::sum);
                    counts.merge("older objects", older, Long::sum);
                }
            }
            case Decision.SnapshotRetired(var snapshot, var objects) -> needed.put(snapshot, Set.of());
            case Decision.RescaleAborted aborted -> countOnce("rescales given up", aborted.version());
            case Decision.SnapshotAborted aborted -> countOnce("snapshots given up", aborted.snapshot());
            case Decision.Completed(var generation) -> {
                if (counted.add("completed " + generation)) {
                    JobAccount.check(shown, records); // whoever waits for the end may look at once
                }
            }
            default -> {}
        }
    }

    /** One worker set a version. */
    private void runsOn(Assignment assignment) {
        var before = workersByVersion.putIfAbsent(assignment.version(), assignment.workers());
        assertThat(assignment.workers())
                .as("workers of version %d", assignment.version())
                .isEqualTo(before == null ? assignment.workers() : before);
    }
}
