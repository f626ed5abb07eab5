package dev.gyre.stream.control;

import dev.gyre.stream.control.ControlImage.VersionedSet;
import dev.gyre.stream.control.Decision.GenerationBroken;
import dev.gyre.stream.control.RequestState.Status;
import dev.gyre.stream.exchange.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of a job, for those who apply entries to it; and what several of them do. */
final class Job {
    int groups;
    JobPhase phase = JobPhase.STARTING;
    long generation;
    long lastVersion;
    long lastSnapshot;
    final List<VersionedSet> sets = new ArrayList<>();
    Optional<Assignment> assignment = Optional.empty();
    Optional<Operation> operation = Optional.empty();
    final List<CommittedSnapshot> committed = new ArrayList<>();
    final Workers workers = new Workers();
    final Partitions partitions = new Partitions();
    final RequestTable requests = new RequestTable();

    Job(int groups) {
        this.groups = groups;
    }

    static List<Decision> refused(String reason) {
        return List.of(new Decision.Refused(reason));
    }

    ControlImage image() {
        return new ControlImage(
                groups,
                phase,
                generation,
                lastVersion,
                lastSnapshot,
                List.copyOf(sets),
                operation.flatMap(
                        one -> one instanceof Operation.Snapshot snapshot ? Optional.of(snapshot) : Optional.empty()),
                operation.flatMap(one ->
                        one instanceof Operation.Rescaling rescaling ? Optional.of(rescaling) : Optional.empty()),
                List.copyOf(committed),
                workers.kept(),
                partitions.kept(),
                requests.kept());
    }

    void restore(ControlImage image) {
        groups = image.groups();
        phase = image.phase();
        generation = image.generation();
        lastVersion = image.lastVersion();
        lastSnapshot = image.lastSnapshot();
        sets.clear();
        assignment = Optional.empty();
        image.sets().forEach(this::assign);
        operation = image.snapshot().<Operation>map(one -> one).or(image::rescaling);
        committed.clear();
        committed.addAll(image.committed());
        workers.restore(image.workers());
        partitions.restore(image.sources());
        requests.restore(image.requests());
    }

    List<Integer> workersNow() {
        return assignment.map(Assignment::workers).orElse(List.of());
    }

    long version() {
        return assignment.map(Assignment::version).orElse(0L);
    }

    Optional<CommittedSnapshot> lastCommitted() {
        return committed.isEmpty() ? Optional.empty() : Optional.of(committed.getLast());
    }

    /** Whether nothing can come behind a snapshot: it began when all sources that there are had finished. */
    boolean isLast(CommittedSnapshot snapshot) {
        return partitions.areAllFinished() && snapshot.finishedSources().equals(partitions.finishedSources());
    }

    boolean isRescaledSinceSnapshot() {
        return sets.size() > 1
                && lastCommitted().map(last -> last.version() != version()).orElse(true);
    }

    /** An assignment follows the present one, or is the first of a generation. */
    void assign(VersionedSet set) {
        sets.add(set);
        assignment = Optional.of(assignment
                .map(before -> before.rescaled(set.version(), set.workers()))
                .orElseGet(() -> Assignment.of(set.version(), groups, set.workers())));
    }

    /** Nobody works on the job any more. */
    void dismiss() {
        sets.clear();
        assignment = Optional.empty();
    }

    /** Gives up what is under way, if anything is. */
    Optional<Decision> abort(String reason) {
        var aborted = operation.<Decision>map(one -> switch (one) {
            case Operation.Snapshot snapshot -> new Decision.SnapshotAborted(generation, snapshot.snapshot(), reason);
            case Operation.Rescaling rescaling -> new Decision.RescaleAborted(generation, rescaling.version(), reason);
        });
        operation.ifPresent(one -> requests.note(one.request(), Status.FAILED, reason));
        operation = Optional.empty();
        return aborted;
    }

    /** The generation is broken if a worker whose life ends takes part in it. */
    Optional<Decision> broken(int worker, String reason) {
        boolean takesPart = workersNow().contains(worker)
                || operation.map(one -> one.participants().contains(worker)).orElse(false);
        if (phase != JobPhase.RUNNING || !takesPart) {
            return Optional.empty();
        }
        phase = JobPhase.STARTING;
        return Optional.of(new GenerationBroken(generation, reason));
    }

    /** Why nothing can begin in a generation, if nothing can. */
    Optional<String> notNow(long in, Optional<String> request) {
        if (phase != JobPhase.RUNNING || in != generation) {
            return Optional.of("generation " + in + " is not running: generation " + generation + " is " + phase);
        }
        if (operation.isPresent()) {
            return Optional.of("another operation is under way: " + operation.get());
        }
        return requests.isKnown(request)
                ? Optional.of("request " + request.orElseThrow() + " was taken before")
                : Optional.empty();
    }

    Optional<Operation.Snapshot> snapshotUnderWay(long snapshot, long in) {
        return operation.flatMap(
                one -> one instanceof Operation.Snapshot own && own.snapshot() == snapshot && in == generation
                        ? Optional.of(own)
                        : Optional.empty());
    }

    Optional<Operation.Rescaling> rescaleUnderWay(long version, long in) {
        return operation.flatMap(
                one -> one instanceof Operation.Rescaling own && own.version() == version && in == generation
                        ? Optional.of(own)
                        : Optional.empty());
    }
}
