package dev.gyre.stream.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a job needs next, from its state and from what was heard: at most one entry. Decides nothing that the state would not decide again. */
final class Plan {
    /** Names of partitions in one entry: far below what an entry may be long, however long the names. */
    private static final int MAX_PARTITIONS = 500;

    private final ControlState state;
    private final ControlSettings settings;
    private final Heard heard;
    private final Desk desk;
    private final Watch<Optional<Operation>> operation = new Watch<>();
    private final Watch<Long> generation = new Watch<>();

    Plan(ControlState state, ControlSettings settings, Heard heard, Desk desk) {
        this.state = state;
        this.settings = settings;
        this.heard = heard;
        this.desk = desk;
    }

    /** Time begins anew: this node did not lead before. */
    void forget() {
        operation.forget();
        generation.forget();
    }

    Optional<ControlEntry> next(long nowNanos) {
        boolean isRunning = state.phase() == JobPhase.RUNNING;
        operation.age(state.operation(), nowNanos);
        generation.age(state.generation(), nowNanos);
        return workers(nowNanos)
                .or(() -> underWay(nowNanos))
                .or(() -> start(nowNanos))
                .or(() -> isRunning ? partitions() : Optional.empty())
                .or(() -> canBegin() ? begin(nowNanos) : Optional.empty())
                .or(this::retire);
    }

    /** When a snapshot is due, if no event brings something else before; {@link Long#MAX_VALUE}: at no time. */
    long wakeAt() {
        boolean isIdle = state.phase() == JobPhase.RUNNING && state.operation().isEmpty();
        return settings.snapshotInterval()
                .filter(interval -> isIdle)
                .map(interval -> operation.sinceNanos() + nanos(interval))
                .orElse(Long.MAX_VALUE);
    }

    /** A notice, if a rescale takes too long; it goes on all the same. */
    Optional<String> notice(long nowNanos) {
        return state.operation()
                .filter(one -> one instanceof Operation.Rescaling
                        && operation.age(state.operation(), nowNanos) > nanos(settings.rescaleTimeout()))
                .map(one -> "a rescale takes longer than " + settings.rescaleTimeout() + ": " + one);
    }

    private static long nanos(Duration time) {
        return time.toNanos();
    }

    private Optional<ControlEntry> workers(long nowNanos) {
        for (var life : heard.newLives.entrySet()) {
            return Optional.of(new ControlEntry.RegisterWorker(life.getKey(), life.getValue()));
        }
        for (int worker : state.alive()) {
            long heardNanos = heard.aliveNanos.computeIfAbsent(worker, unknown -> nowNanos);
            if (nowNanos - heardNanos > nanos(settings.heartbeatTimeout())) {
                return Optional.of(new ControlEntry.WorkerLost(
                        worker, state.incarnation(worker).orElseThrow()));
            }
        }
        return Optional.empty();
    }

    private Optional<ControlEntry> underWay(long nowNanos) {
        if (state.operation().isEmpty()) {
            return Optional.empty();
        }
        long in = state.generation();
        return switch (state.operation().get()) {
            case Operation.Snapshot snapshot -> {
                var parts = heard.parts(snapshot);
                yield parts.isPresent()
                        ? Optional.of(new ControlEntry.CommitSnapshot(snapshot.snapshot(), in, parts.get()))
                        : whyAbort(nowNanos)
                                .map(reason -> new ControlEntry.AbortSnapshot(snapshot.snapshot(), in, reason));
            }
            // Rolls forward, however long it takes: groups may have moved.
            case Operation.Rescaling rescaling ->
                state.phase() == JobPhase.RUNNING && heard.haveRescaled(rescaling)
                        ? Optional.of(new ControlEntry.CommitRescale(rescaling.version(), in))
                        : Optional.empty();
        };
    }

    private Optional<String> whyAbort(long nowNanos) {
        return operation.age(state.operation(), nowNanos) > nanos(settings.snapshotTimeout())
                ? Optional.of("it took longer than " + settings.snapshotTimeout())
                : heard.snapshotFailure();
    }

    private Optional<ControlEntry> start(long nowNanos) {
        boolean isWanted = switch (state.phase()) {
            case STARTING -> true;
            case RUNNING ->
                heard.failure().isPresent()
                        && generation.age(state.generation(), nowNanos) > nanos(settings.retryDelay());
            case SUSPENDED, COMPLETE -> false;
        };
        var workers = isWanted ? workersToStart() : List.<Integer>of();
        return !workers.isEmpty()
                ? Optional.of(new ControlEntry.StartGeneration(
                        state.generation() + 1, workers, state.lastCommitted().map(CommittedSnapshot::snapshot)))
                : Optional.empty();
    }

    /** Those who had the job and live, and spare ones for the others; as many as it is to begin with, when nobody had it. Empty to wait. */
    private List<Integer> workersToStart() {
        var alive = state.alive();
        var before = state.workers();
        if (before.isEmpty()) {
            return alive.size() >= settings.workersToBegin() ? first(alive, settings.workersToBegin()) : List.of();
        }
        var order = new ArrayList<>(before);
        order.retainAll(alive);
        alive.stream().filter(worker -> !order.contains(worker)).forEach(order::add);
        return first(order, before.size());
    }

    private static List<Integer> first(List<Integer> workers, int most) {
        return List.copyOf(new TreeSet<>(workers.subList(0, Math.min(most, workers.size()))));
    }

    private Optional<ControlEntry> partitions() {
        for (var list : heard.listed.values()) {
            var entry = listed(list);
            if (entry.isPresent()) {
                return entry;
            }
        }
        if (heard.finished.isEmpty()) {
            return Optional.empty();
        }
        var ended = state.partitions().stream()
                .filter(polled -> heard.finished.getOrDefault(polled.id(), Partitions.NOBODY) == polled.owner())
                .map(PartitionOwner::id)
                .toList();
        return ended.stream().findFirst().map(first -> {
            var names = ended.stream()
                    .filter(id -> id.source().equals(first.source()))
                    .map(PartitionId::partition)
                    .limit(MAX_PARTITIONS)
                    .toList();
            return new ControlEntry.PartitionsFinished(state.generation(), first.source(), names);
        });
    }

    private Optional<ControlEntry> listed(Report.PartitionsListed list) {
        var source = list.source();
        if (state.isClosed(source)) {
            return Optional.empty();
        }
        var known = new TreeSet<>(state.knownPartitions(source));
        var named = new TreeSet<>(list.partitions());
        // First those that have gone: a source that is closed is not looked at again.
        var gone = known.stream()
                .filter(partition -> !named.contains(partition))
                .limit(MAX_PARTITIONS)
                .toList();
        if (!gone.isEmpty()) {
            return Optional.of(new ControlEntry.PartitionsGone(source, gone));
        }
        named.removeAll(known);
        var found = named.stream().limit(MAX_PARTITIONS).toList();
        boolean closes = list.closed() && found.size() == named.size();
        return found.isEmpty() && !closes && state.isListed(source)
                ? Optional.empty()
                : Optional.of(new ControlEntry.PartitionsFound(source, found, closes));
    }

    /** Workers that still restore what they start from are left alone. A user who cancels or resumes waits for nobody. */
    private boolean canBegin() {
        boolean isIdle = state.phase() == JobPhase.RUNNING && state.operation().isEmpty();
        return !isIdle || heard.areReady();
    }

    private Optional<ControlEntry> begin(long nowNanos) {
        boolean isIdle = state.phase() == JobPhase.RUNNING && state.operation().isEmpty();
        var own = isIdle && isPatient(nowNanos) ? ownSnapshot() : Optional.<ControlEntry>empty();
        if (own.isEmpty() && isIdle && state.isRescaledSinceSnapshot()) {
            return Optional.empty(); // the snapshot that follows a rescale comes before all else; it waits for a moment
        }
        return own.or(desk::next).or(() -> isIdle ? byInterval(nowNanos) : Optional.empty());
    }

    /** After a snapshot that came to nothing, the coordinator's own ones wait for a while. */
    private boolean isPatient(long nowNanos) {
        long last = state.lastCommitted().map(CommittedSnapshot::snapshot).orElse(0L);
        return state.nextSnapshot() == last + 1
                || operation.age(state.operation(), nowNanos) > nanos(settings.retryDelay());
    }

    /** After a rescale, and before the end; and the end itself. */
    private Optional<ControlEntry> ownSnapshot() {
        if (state.areSourcesFinished() && heard.haveEnded()) {
            if (!state.isSnapshotLast()) {
                return Optional.of(snapshot());
            }
            long last = state.lastCommitted().orElseThrow().snapshot();
            return heard.haveShown(last)
                    ? Optional.of(new ControlEntry.Complete(state.generation(), last))
                    : Optional.empty();
        }
        return state.isRescaledSinceSnapshot() ? Optional.of(snapshot()) : Optional.empty();
    }

    private Optional<ControlEntry> byInterval(long nowNanos) {
        return settings.snapshotInterval()
                .filter(interval -> operation.age(state.operation(), nowNanos) >= nanos(interval))
                .map(interval -> snapshot());
    }

    private ControlEntry snapshot() {
        return new ControlEntry.BeginSnapshot(
                state.nextSnapshot(), state.generation(), state.version(), Optional.empty());
    }

    private Optional<ControlEntry> retire() {
        return state.committed().size() > settings.maxSnapshots()
                ? Optional.of(new ControlEntry.RetireSnapshot(
                        state.committed().getFirst().snapshot()))
                : Optional.empty();
    }
}
