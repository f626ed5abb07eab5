package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Knows from the decisions alone what may be decided, and complains. Shares no code with the state. */
final class Oracle {
    private final SimulatedWorld world;
    private final SortedMap<Long, List<Integer>> sets = new TreeMap<>();
    private final SortedMap<Integer, Long> lives = new TreeMap<>();
    private final SortedMap<String, String> requests = new TreeMap<>();
    private final List<CommittedSnapshot> committed = new ArrayList<>();
    private final TreeSet<PartitionId> finished = new TreeSet<>();
    private final TreeSet<String> finishedSources = new TreeSet<>();
    private final TreeSet<String> closed = new TreeSet<>();
    private final TreeSet<Integer> gone = new TreeSet<>();
    private final SortedMap<Integer, Long> taking = new TreeMap<>();
    private Optional<Decision> underWay = Optional.empty();
    private Optional<String> requestUnderWay = Optional.empty();
    private List<PartitionId> finishedAtBegin = List.of();
    private List<String> finishedSourcesAtBegin = List.of();
    private List<Integer> set = List.of();
    private boolean runs;
    private boolean isComplete;
    private boolean isSuspended;
    private long generation;
    private long version;
    private long snapshot;

    Oracle(SimulatedWorld world) {
        this.world = world;
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void must(boolean condition, String what, Object... values) {
        if (!condition) {
            throw new AssertionError(what.formatted(values));
        }
    }

    /** What was begun for a request, and what came of it: "begun", "done", "failed". */
    Optional<String> request(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    void check(ControlEntry entry, List<Decision> decisions, ControlState state, List<PartitionOwner> before) {
        must(!decisions.isEmpty(), "nothing was decided on %s", entry);
        must(!isComplete || isHarmless(entry, decisions), "%s was taken when the job was complete", entry);
        boolean mayMove = false;
        boolean isStart = false;
        for (var decision : decisions) {
            mayMove |= decision instanceof Decision.RescaleCommitted || decision instanceof Decision.GenerationStarted;
            isStart |= decision instanceof Decision.GenerationStarted;
            take(entry, decision);
        }
        must(
                underWay.isPresent() == state.operation().isPresent(),
                "under way: %s and %s",
                underWay,
                state.operation());
        must(state.phase() == JobPhase.RUNNING == runs, "runs is %s in phase %s", runs, state.phase());
        if (runs) {
            alive(set);
            taking.forEach((worker, life) -> must(
                    lives.getOrDefault(worker, Long.MIN_VALUE).equals(life),
                    "worker %s takes part in life %s, but lives %s",
                    worker,
                    life,
                    lives));
            owners(state, before, mayMove);
            if (isStart) {
                even(state.partitions(), set);
            }
        }
    }

    private static boolean isHarmless(ControlEntry entry, List<Decision> decisions) {
        return decisions.getFirst() instanceof Decision.Refused
                || entry instanceof ControlEntry.RegisterWorker
                || entry instanceof ControlEntry.WorkerLost
                || entry instanceof ControlEntry.Resume
                || entry instanceof ControlEntry.PartitionsGone
                || entry instanceof ControlEntry.RetireSnapshot;
    }

    private void owners(ControlState state, List<PartitionOwner> before, boolean mayMove) {
        var owned = new TreeMap<PartitionId, Integer>();
        for (var one : state.partitions()) {
            must(owned.put(one.id(), one.owner()) == null, "%s has two owners", one.id());
            must(set.contains(one.owner()), "%s is of %s, and workers are %s", one.id(), one.owner(), set);
            must(!finished.contains(one.id()), "%s is finished and polled", one.id());
        }
        if (!mayMove) {
            before.forEach(one -> must(
                    owned.getOrDefault(one.id(), one.owner()) == one.owner(), "%s moved outside of a rescale", one));
        }
        state.finishedPartitions().forEach(id -> must(!owned.containsKey(id), "%s is finished and polled", id));
        must(
                new TreeSet<>(state.finishedPartitions()).equals(finished),
                "finished: %s, not %s",
                state.finishedPartitions(),
                finished);
    }

    private static void even(List<PartitionOwner> owned, List<Integer> set) {
        var counts = new TreeMap<String, TreeMap<Integer, Integer>>();
        owned.forEach(one -> counts.computeIfAbsent(one.id().source(), source -> new TreeMap<>())
                .merge(one.owner(), 1, Integer::sum));
        counts.forEach((source, shares) -> {
            int most = shares.values().stream().mapToInt(held -> held).max().orElseThrow();
            int least = shares.size() < set.size()
                    ? 0
                    : shares.values().stream().mapToInt(held -> held).min().orElseThrow();
            must(most - least <= 1, "shares of %s: %s of workers %s", source, shares, set);
        });
    }

    private void take(ControlEntry entry, Decision decision) {
        switch (decision) {
            case Decision.Refused refused -> {}
            case Decision.WorkerRegistered(var worker, var life) -> {
                must(
                        life > lives.getOrDefault(worker, Long.MIN_VALUE),
                        "worker %s lives %s after %s",
                        worker,
                        life,
                        lives);
                lives.put(worker, life);
                gone.remove(worker);
            }
            case Decision.WorkerGone(var worker, var life) -> {
                must(
                        lives.getOrDefault(worker, Long.MIN_VALUE) == life,
                        "life %s of worker %s was lost, it lives %s",
                        life,
                        worker,
                        lives);
                gone.add(worker);
            }
            case Decision.GenerationBroken broken -> {
                must(runs && broken.generation() == generation, "%s, but it does not run", broken);
                runs = false;
            }
            case Decision.GenerationStarted started -> started(started);
            case Decision.SnapshotBegun begun -> snapshotBegun(begun);
            case Decision.SnapshotCommitted(var result) -> snapshotCommitted(result);
            case Decision.SnapshotAborted aborted -> end(Decision.SnapshotBegun.class, "failed");
            case Decision.RescaleBegun begun -> rescaleBegun((ControlEntry.BeginRescale) entry, begun);
            case Decision.RescaleCommitted result -> rescaleCommitted(result);
            case Decision.RescaleAborted aborted -> {
                end(Decision.RescaleBegun.class, "failed");
                if (entry instanceof ControlEntry.AbortRescale abort) {
                    begin(abort.request(), "done");
                }
            }
            case Decision.PartitionsAssigned assigned -> {}
            case Decision.PartitionsRemoved(var removed) -> {
                for (var id : removed) {
                    if (entry instanceof ControlEntry.PartitionsFinished own) {
                        must(own.generation() == generation && runs, "%s was finished in another generation", id);
                        must(world.read.contains(id + "@" + generation), "%s was not read to its end", id);
                        finished.add(id);
                    } else {
                        finished.remove(id);
                    }
                }
            }
            case Decision.SourceFinished(var source) -> {
                must(finishedSources.add(source), "source %s finished twice in generation %s", source, generation);
                must(closed.contains(source), "source %s finished before it was closed", source);
            }
            case Decision.SourceClosed(var source) -> must(closed.add(source), "source %s was closed twice", source);
            case Decision.Suspended suspended -> {
                runs = false;
                isSuspended = true;
            }
            case Decision.Resumed resumed -> {
                must(isSuspended || isComplete, "resumed, and was neither suspended nor complete");
                if (isComplete) { // what has ended is read on
                    finished.clear();
                    finishedSources.clear();
                    closed.clear();
                }
                isSuspended = false;
                isComplete = false;
                begin(Optional.of(((ControlEntry.Resume) entry).request()), "done");
            }
            case Decision.Completed completed -> completed();
            case Decision.SnapshotRetired(var id, var objects) -> {
                must(committed.removeIf(one -> one.snapshot() == id) && !committed.isEmpty(), "%s was retired", id);
                committed.forEach(kept -> kept.parts()
                        .forEach(part ->
                                must(part.objects().stream().noneMatch(objects::contains), "%s is needed", part)));
            }
        }
    }

    private void begin(Optional<String> request, String what) {
        request.ifPresent(id -> must(requests.put(id, what) == null, "request %s was done twice", id));
    }

    private void end(Class<?> kind, String what) {
        var decision = underWay.orElseThrow(() -> new AssertionError("nothing is under way to end"));
        must(kind.isInstance(decision), "%s is under way", decision);
        underWay = Optional.empty();
        requestUnderWay.ifPresent(id -> requests.put(id, what));
        requestUnderWay = Optional.empty();
    }

    private void alive(List<Integer> workers) {
        must(!workers.isEmpty(), "a job without workers");
        workers.forEach(
                worker -> must(lives.containsKey(worker) && !gone.contains(worker), "worker %s is not there", worker));
    }

    private void started(Decision.GenerationStarted started) {
        must(underWay.isEmpty() && !isSuspended, "generation %s started in %s", started.generation(), underWay);
        must(started.generation() == generation + 1, "generation %s after %s", started.generation(), generation);
        must(
                started.assignment().version() > version,
                "version %s after %s",
                started.assignment().version(),
                version);
        var last = committed.isEmpty() ? Optional.<CommittedSnapshot>empty() : Optional.of(committed.getLast());
        must(started.snapshot().equals(last), "started from %s, the last is %s", started.snapshot(), last);
        generation = started.generation();
        version = started.assignment().version();
        set = started.assignment().workers();
        alive(set);
        taking.clear();
        set.forEach(worker -> taking.put(worker, lives.getOrDefault(worker, Long.MIN_VALUE)));
        must(sets.put(version, set) == null, "version %s has two sets", version);
        runs = true;
        finished.retainAll(last.map(CommittedSnapshot::finished).orElse(List.of()));
        finishedSources.clear();
        finishedSources.addAll(started.finishedSources());
        must(closed.containsAll(finishedSources), "%s are finished, %s closed", finishedSources, closed);
        started.partitions()
                .forEach(one -> must(
                        !started.finishedSources().contains(one.id().source()),
                        "%s of a finished source is polled",
                        one));
    }

    private void snapshotBegun(Decision.SnapshotBegun begun) {
        var operation = begun.operation();
        must(underWay.isEmpty() && runs, "%s began in %s", begun, underWay);
        must(operation.snapshot() > snapshot, "snapshot %s after %s", operation.snapshot(), snapshot);
        must(operation.version() == version && begun.generation() == generation, "%s in %s", begun, version);
        must(operation.participants().equals(set), "%s is of workers %s", begun, set);
        snapshot = operation.snapshot();
        underWay = Optional.of(begun);
        finishedAtBegin = List.copyOf(finished);
        finishedSourcesAtBegin = List.copyOf(finishedSources);
        begin(operation.request(), "begun");
        requestUnderWay = operation.request();
    }

    private void snapshotCommitted(CommittedSnapshot result) {
        must(
                underWay.orElse(null) instanceof Decision.SnapshotBegun begun
                        && begun.operation().snapshot() == result.snapshot(),
                "%s was not under way",
                result);
        end(Decision.SnapshotBegun.class, "done");
        must(
                result.parts().stream().map(SnapshotPart::worker).toList().equals(set),
                "%s is of workers %s",
                result,
                set);
        result.parts()
                .forEach(part -> must(
                        world.written.contains(generation + ":" + result.snapshot() + ":" + part.object()),
                        "%s of snapshot %s was not written",
                        part,
                        result.snapshot()));
        var older = result.objects();
        result.parts().forEach(part -> older.remove(part.object()));
        must(
                older.isEmpty()
                        || (committed.getLast().generation() == generation
                                && committed.getLast().objects().containsAll(older)),
                "%s refers to %s",
                result,
                older);
        must(result.finished().equals(finishedAtBegin), "finished: %s, not %s", result.finished(), finishedAtBegin);
        must(result.finishedSources().equals(finishedSourcesAtBegin), "sources: %s", result);
        must(result.version() == version && result.generation() == generation, "%s in version %s", result, version);
        committed.add(result);
    }

    private void rescaleBegun(ControlEntry.BeginRescale entry, Decision.RescaleBegun begun) {
        must(underWay.isEmpty() && runs, "%s began in %s", begun, underWay);
        var rescale = begun.rescale();
        must(rescale.version() > sets.lastKey(), "version %s after %s", rescale.version(), sets.lastKey());
        must(rescale.from().workers().equals(set) && rescale.from().version() == version, "%s from %s", begun, set);
        alive(rescale.to().workers());
        rescale.to().workers().forEach(worker -> taking.put(worker, lives.getOrDefault(worker, Long.MIN_VALUE)));
        must(!rescale.to().workers().equals(set), "a rescale to the same workers");
        must(sets.put(rescale.version(), rescale.to().workers()) == null, "two sets of %s", rescale.version());
        even(begun.partitions(), rescale.to().workers());
        underWay = Optional.of(begun);
        begin(entry.request(), "begun");
        requestUnderWay = entry.request();
    }

    private void rescaleCommitted(Decision.RescaleCommitted result) {
        var begun = (Decision.RescaleBegun) underWay.orElseThrow(() -> new AssertionError("no rescale is under way"));
        must(runs, "a rescale was committed in a broken generation");
        must(begun.rescale().to().equals(result.assignment()), "%s and %s", begun, result);
        must(begun.partitions().containsAll(result.partitions()), "%s moved otherwise than %s", result, begun);
        end(Decision.RescaleBegun.class, "done");
        var all = new TreeSet<>(set);
        set = result.assignment().workers();
        all.addAll(set);
        version = result.assignment().version();
        taking.keySet().retainAll(set);
        all.forEach(worker -> must(
                world.rescaled.contains(worker + "@" + version), "worker %s is not done with %s", worker, version));
    }

    private void completed() {
        must(runs && underWay.isEmpty(), "completed while %s", underWay);
        set.forEach(worker -> must(
                world.ended.contains(worker + "@" + generation + "@" + version), "worker %s has not ended", worker));
        var last = committed.getLast();
        must(last.generation() == generation, "completed from snapshot %s of another generation", last);
        must(finishedSources.containsAll(world.sources.keySet()), "completed, and %s are finished", finishedSources);
        must(new TreeSet<>(last.finishedSources()).equals(finishedSources), "the last snapshot is not of the end");
        isComplete = true;
        runs = false;
    }
}
