package dev.gyre.stream.control;

import dev.gyre.stream.control.ControlImage.VersionedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Entries about workers, and about the runs of a job. */
final class Generations {
    private final Job job;

    Generations(Job job) {
        this.job = job;
    }

    List<Decision> register(int worker, long incarnation) {
        var known = job.workers.life(worker);
        if (known.isPresent() && incarnation <= known.get().incarnation()) {
            return Job.refused("worker " + worker + " is known in life "
                    + known.get().incarnation() + ", and registers in life " + incarnation);
        }
        job.workers.put(new Workers.Life(worker, incarnation, false));
        var decisions = new ArrayList<Decision>();
        decisions.add(new Decision.WorkerRegistered(worker, incarnation));
        job.broken(worker, "worker " + worker + " began life " + incarnation).ifPresent(decisions::add);
        return decisions;
    }

    List<Decision> lose(int worker, long incarnation) {
        var life = new Workers.Life(worker, incarnation, false);
        if (!job.workers.life(worker).equals(Optional.of(life))) {
            return Job.refused("worker " + worker + " has no life " + incarnation + " to lose");
        }
        job.workers.put(new Workers.Life(worker, incarnation, true));
        var decisions = new ArrayList<Decision>();
        decisions.add(new Decision.WorkerGone(worker, incarnation));
        job.broken(worker, "worker " + worker + " is lost").ifPresent(decisions::add);
        return decisions;
    }

    List<Decision> start(ControlEntry.StartGeneration start) {
        if (job.phase == JobPhase.SUSPENDED || job.phase == JobPhase.COMPLETE) {
            return Job.refused("the job is " + job.phase);
        }
        if (start.generation() != job.generation + 1) {
            return Job.refused(
                    "the generation is " + job.generation + ", and " + start.generation() + " is not the next");
        }
        if (!start.snapshot().equals(job.lastCommitted().map(CommittedSnapshot::snapshot))) {
            return Job.refused("generation " + start.generation() + " is to start from snapshot " + start.snapshot()
                    + ", but the last is " + job.lastCommitted().map(CommittedSnapshot::snapshot));
        }
        var refusal = job.workers.refusal(start.workers(), job.groups);
        if (refusal.isPresent()) {
            return Job.refused(refusal.get());
        }
        var decisions = new ArrayList<Decision>();
        job.abort("generation " + start.generation() + " started").ifPresent(decisions::add);
        job.generation = start.generation();
        job.phase = JobPhase.RUNNING;
        job.dismiss();
        job.lastVersion++;
        job.assign(new VersionedSet(job.lastVersion, List.copyOf(new TreeSet<>(start.workers()))));
        job.partitions.rewind(
                job.lastCommitted().map(CommittedSnapshot::finished).orElse(List.of()));
        job.partitions.move(job.partitions.shares(job.workersNow()));
        decisions.add(new Decision.GenerationStarted(
                job.generation,
                job.assignment.orElseThrow(),
                job.partitions.owners(),
                job.partitions.finishedSources(),
                job.lastCommitted()));
        return decisions;
    }

    List<Decision> resume(String request) {
        boolean isStopped = job.phase == JobPhase.SUSPENDED || job.phase == JobPhase.COMPLETE;
        if (!isStopped || job.requests.isKnown(Optional.of(request))) {
            return Job.refused(
                    "the job is neither suspended nor complete but " + job.phase + ", or the request was taken before");
        }
        if (job.phase == JobPhase.COMPLETE) {
            job.partitions.reopen();
            job.dismiss();
        }
        job.phase = JobPhase.STARTING;
        job.requests.note(
                Optional.of(request),
                RequestState.Status.DONE,
                "goes on from snapshot " + job.lastCommitted().orElseThrow().snapshot());
        return List.of(new Decision.Resumed());
    }

    List<Decision> complete(long in, long snapshot) {
        var refusal = job.notNow(in, Optional.empty());
        if (refusal.isPresent()) {
            return Job.refused(refusal.get());
        }
        boolean isLast = job.lastCommitted()
                .filter(last -> last.snapshot() == snapshot && last.generation() == in && job.isLast(last))
                .isPresent();
        if (!isLast) {
            return Job.refused("snapshot " + snapshot + " is not the last one of generation " + in
                    + ", begun when all sources had finished");
        }
        job.phase = JobPhase.COMPLETE;
        return List.of(new Decision.Completed(in));
    }
}
