package dev.gyre.stream.control;

import dev.gyre.stream.control.ControlImage.VersionedSet;
import dev.gyre.stream.control.RequestState.Status;
import dev.gyre.stream.exchange.Rescale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Entries about changes of the workers. */
final class Rescales {
    private final Job job;

    Rescales(Job job) {
        this.job = job;
    }

    List<Decision> begin(ControlEntry.BeginRescale begin) {
        var refusal = job.notNow(begin.generation(), begin.request())
                .or(() -> job.workers.refusal(begin.workers(), job.groups));
        if (refusal.isPresent()) {
            return Job.refused(refusal.get());
        }
        if (job.isRescaledSinceSnapshot()) {
            return Job.refused(
                    "the snapshot that follows a rescale is not committed yet: what workers that left had to show is in it");
        }
        if (begin.version() != job.lastVersion + 1) {
            return Job.refused(
                    "the last version is " + job.lastVersion + ", and " + begin.version() + " is not the next");
        }
        var next = new TreeSet<>(begin.workers());
        if (job.workersNow().equals(List.copyOf(next))) {
            return Job.refused("the job runs on workers " + job.workersNow() + " already");
        }
        job.lastVersion = begin.version();
        var all = new TreeSet<>(next);
        all.addAll(job.workersNow());
        var shares = job.partitions.shares(List.copyOf(next));
        job.operation = Optional.of(
                new Operation.Rescaling(job.lastVersion, List.copyOf(next), List.copyOf(all), shares, begin.request()));
        job.requests.note(begin.request(), Status.PENDING, "rescale to workers " + next);
        var from = job.assignment.orElseThrow();
        return List.of(new Decision.RescaleBegun(
                job.generation, new Rescale(from, from.rescaled(job.lastVersion, next)), shares, job.lastSnapshot + 1));
    }

    List<Decision> commit(long version, long in) {
        var underWay = job.rescaleUnderWay(version, in);
        if (underWay.isEmpty() || job.phase != JobPhase.RUNNING) {
            return Job.refused(
                    "no rescale to version " + version + " is under way in a generation " + in + " that runs");
        }
        job.operation = Optional.empty();
        job.assign(new VersionedSet(version, underWay.get().workers()));
        job.partitions.move(underWay.get().partitions());
        job.requests.note(underWay.get().request(), Status.DONE, "runs on workers " + job.workersNow());
        var decisions = new ArrayList<Decision>();
        decisions.add(
                new Decision.RescaleCommitted(job.generation, job.assignment.orElseThrow(), job.partitions.owners()));
        var found = job.partitions.assignFree(job.workersNow());
        if (!found.isEmpty()) {
            decisions.add(new Decision.PartitionsAssigned(found));
        }
        return decisions;
    }

    List<Decision> abort(ControlEntry.AbortRescale abort) {
        if (job.rescaleUnderWay(abort.version(), abort.generation()).isEmpty()
                || job.requests.isKnown(abort.request())) {
            return Job.refused("no rescale to version " + abort.version() + " is under way in generation "
                    + abort.generation() + ", or the request was taken before");
        }
        var decisions = new ArrayList<Decision>();
        decisions.add(job.abort(abort.reason()).orElseThrow());
        job.requests.note(abort.request(), Status.DONE, "gave up the rescale to version " + abort.version());
        if (job.phase == JobPhase.RUNNING) {
            job.phase = JobPhase.STARTING;
            decisions.add(new Decision.GenerationBroken(job.generation, abort.reason()));
        }
        return decisions;
    }
}
