package dev.gyre.stream.control;

import dev.gyre.stream.control.RequestState.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Entries about snapshots. */
final class Snapshots {
    private final Job job;

    Snapshots(Job job) {
        this.job = job;
    }

    List<Decision> begin(ControlEntry.BeginSnapshot begin, boolean suspends) {
        long snapshot = begin.snapshot();
        var request = begin.request();
        var refusal = job.notNow(begin.generation(), request);
        if (refusal.isPresent()) {
            return Job.refused(refusal.get());
        }
        if (begin.version() != job.version()) {
            return Job.refused("the assignment has version " + job.version() + ", not " + begin.version());
        }
        if (snapshot != job.lastSnapshot + 1) {
            return Job.refused(
                    "the last snapshot has id " + job.lastSnapshot + ", and " + snapshot + " is not the next");
        }
        job.lastSnapshot = snapshot;
        var begun = new Operation.Snapshot(
                snapshot,
                begin.version(),
                job.workersNow(),
                job.partitions.finished(),
                job.partitions.finishedSources(),
                suspends,
                request);
        job.operation = Optional.of(begun);
        job.requests.note(request, Status.PENDING, "snapshot " + snapshot);
        return List.of(new Decision.SnapshotBegun(job.generation, begun));
    }

    /** Also when the generation is broken: what all have written is a snapshot, and recovery then loses less. */
    List<Decision> commit(ControlEntry.CommitSnapshot commit) {
        var underWay = job.snapshotUnderWay(commit.snapshot(), commit.generation());
        if (underWay.isEmpty()) {
            return Job.refused(
                    "snapshot " + commit.snapshot() + " of generation " + commit.generation() + " is not under way");
        }
        var snapshot = underWay.get();
        var writers = commit.parts().stream().map(SnapshotPart::worker).sorted().toList();
        if (!writers.equals(snapshot.participants())) {
            return Job.refused("snapshot " + snapshot.snapshot() + " is of workers " + snapshot.participants()
                    + ", but has parts of " + writers);
        }
        var missing = missing(commit.parts());
        if (!missing.isEmpty()) {
            return Job.refused("snapshot " + snapshot.snapshot() + " refers to " + missing
                    + ", which the last snapshot of generation " + job.generation + " does not need");
        }
        job.operation = Optional.empty();
        var parts = new ArrayList<>(commit.parts());
        parts.sort(Comparator.comparingInt(SnapshotPart::worker));
        var result = new CommittedSnapshot(
                snapshot.snapshot(),
                job.generation,
                snapshot.version(),
                parts,
                snapshot.finished(),
                snapshot.finishedSources());
        job.committed.add(result);
        job.requests.note(snapshot.request(), Status.DONE, "snapshot " + snapshot.snapshot());
        if (!snapshot.suspends()) {
            return List.of(new Decision.SnapshotCommitted(result));
        }
        job.phase = JobPhase.SUSPENDED;
        job.dismiss();
        return List.of(
                new Decision.SnapshotCommitted(result), new Decision.Suspended(job.generation, snapshot.snapshot()));
    }

    /**
     * What parts refer to that is not known to be kept. The last snapshot is never retired, so what it needs is there when this is decided; and what it does not
     * need may be on its way to be deleted.
     */
    private SortedSet<String> missing(List<SnapshotPart> parts) {
        var missing = new TreeSet<String>();
        parts.forEach(part -> missing.addAll(part.older()));
        job.lastCommitted()
                .filter(last -> last.generation() == job.generation)
                .ifPresent(last -> missing.removeAll(last.objects()));
        return missing;
    }

    List<Decision> abort(ControlEntry.AbortSnapshot abort) {
        return job.snapshotUnderWay(abort.snapshot(), abort.generation()).isPresent()
                ? List.of(job.abort(abort.reason()).orElseThrow())
                : Job.refused(
                        "snapshot " + abort.snapshot() + " of generation " + abort.generation() + " is not under way");
    }

    List<Decision> retire(long snapshot) {
        var retired =
                job.committed.stream().filter(one -> one.snapshot() == snapshot).findFirst();
        if (retired.isEmpty() || retired.equals(job.lastCommitted())) {
            return Job.refused("snapshot " + snapshot + " is not there, or is the last");
        }
        job.committed.remove(retired.get());
        var garbage = new TreeSet<>(retired.get().objects());
        job.committed.forEach(kept -> garbage.removeAll(kept.objects()));
        return List.of(new Decision.SnapshotRetired(snapshot, List.copyOf(garbage)));
    }
}
