package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.List;

/** Entries about partitions of sources. */
final class PartitionEntries {
    private final Job job;

    PartitionEntries(Job job) {
        this.job = job;
    }

    List<Decision> found(ControlEntry.PartitionsFound found) {
        var source = found.source();
        var added = job.partitions.fresh(source, found.partitions());
        boolean closes = found.closed() && !job.partitions.isClosed(source);
        if (job.phase == JobPhase.COMPLETE || (added.isEmpty() && !closes && job.partitions.isListed(source))) {
            return Job.refused("nothing new in source " + source + ", or the job is complete");
        }
        if (!added.isEmpty() && job.partitions.isClosed(source)) {
            return Job.refused("source " + source + " was closed, and has new partitions " + added);
        }
        boolean wasFinished = job.partitions.isFinished(source);
        job.partitions.find(source, found.partitions(), found.closed());
        var decisions = new ArrayList<Decision>();
        // Nobody's until a generation starts, or the rescale that did not know them is committed.
        boolean hasWorkers = job.phase == JobPhase.RUNNING
                && job.operation.filter(Operation.Rescaling.class::isInstance).isEmpty();
        decisions.add(
                new Decision.PartitionsAssigned(hasWorkers ? job.partitions.assignFree(job.workersNow()) : List.of()));
        if (closes) {
            decisions.add(new Decision.SourceClosed(source));
        }
        addFinished(source, wasFinished, decisions);
        return decisions;
    }

    List<Decision> gone(String source, List<String> partitions) {
        var gone = job.partitions.known(source).stream()
                .filter(partitions::contains)
                .map(partition -> new PartitionId(source, partition))
                .toList();
        if (gone.isEmpty()) {
            return Job.refused("source " + source + " has none of these partitions");
        }
        boolean wasFinished = job.partitions.isFinished(source);
        gone.forEach(job.partitions::forget);
        var decisions = new ArrayList<Decision>();
        decisions.add(new Decision.PartitionsRemoved(gone));
        addFinished(source, wasFinished, decisions);
        return decisions;
    }

    List<Decision> finished(ControlEntry.PartitionsFinished finished) {
        var source = finished.source();
        var ended = job.partitions.polled(source, finished.partitions());
        if (job.phase != JobPhase.RUNNING || finished.generation() != job.generation || ended.isEmpty()) {
            return Job.refused("source " + source + " has none of these partitions to finish, or generation "
                    + finished.generation() + " is not running");
        }
        ended.forEach(job.partitions::finish);
        var decisions = new ArrayList<Decision>();
        decisions.add(new Decision.PartitionsRemoved(ended));
        addFinished(source, false, decisions);
        return decisions;
    }

    private void addFinished(String source, boolean wasFinished, List<Decision> decisions) {
        if (!wasFinished && job.partitions.isFinished(source)) {
            decisions.add(new Decision.SourceFinished(source));
        }
    }
}
