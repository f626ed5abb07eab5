package dev.gyre.stream.control;

import dev.gyre.core.json.JsonRecords;
import dev.gyre.stream.exchange.Assignment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The replicated state of a job: apply the committed entries in their order, and every node has the same.
 *
 * <p>One operation (snapshot, rescale) is under way at a time; a generation that starts aborts it. Generations, versions of the assignment and ids of
 * snapshots are counted up here, so that an entry proposed twice is refused the second time. Each decision that a restart must know is in the state;
 * what can be asked again (reports of workers) is not.
 *
 * <p>For one thread.
 */
public final class ControlState {
    /** How many requests of users are remembered: more than can wait at a coordinator, so that one that is repeated soon is known. */
    public static final int MAX_REQUESTS = 256;

    private static final JsonRecords<ControlImage> JSON = JsonRecords.of(ControlImage.class);

    private final Job job;
    private final Generations generations;
    private final Snapshots snapshots;
    private final Rescales rescales;
    private final PartitionEntries partitions;

    /**
     * A job that never ran.
     *
     * @param groups how many key groups it has, for ever: see {@link Assignment#of}
     * @throws IllegalArgumentException when there cannot be so many
     */
    public ControlState(int groups) {
        Assignment.of(0, groups, List.of(0)); // checks the number before anything is decided
        job = new Job(groups);
        generations = new Generations(job);
        snapshots = new Snapshots(job);
        rescales = new Rescales(job);
        partitions = new PartitionEntries(job);
    }

    /**
     * Applies a committed entry.
     *
     * @return what it came to, in order: {@link Decision.Refused} alone, or at least one other decision
     */
    public List<Decision> apply(ControlEntry entry) {
        return switch (entry) {
            case ControlEntry.RegisterWorker(var worker, var life) -> generations.register(worker, life);
            case ControlEntry.WorkerLost(var worker, var life) -> generations.lose(worker, life);
            case ControlEntry.StartGeneration start -> generations.start(start);
            case ControlEntry.Resume(var request) -> generations.resume(request);
            case ControlEntry.Complete(var in, var snapshot) -> generations.complete(in, snapshot);
            case ControlEntry.BeginSnapshot begin -> snapshots.begin(begin, false);
            case ControlEntry.Suspend(var snapshot, var in, var version, var request) ->
                snapshots.begin(new ControlEntry.BeginSnapshot(snapshot, in, version, Optional.of(request)), true);
            case ControlEntry.CommitSnapshot commit -> snapshots.commit(commit);
            case ControlEntry.AbortSnapshot abort -> snapshots.abort(abort);
            case ControlEntry.RetireSnapshot(var snapshot) -> snapshots.retire(snapshot);
            case ControlEntry.BeginRescale begin -> rescales.begin(begin);
            case ControlEntry.CommitRescale(var version, var in) -> rescales.commit(version, in);
            case ControlEntry.AbortRescale abort -> rescales.abort(abort);
            case ControlEntry.PartitionsFound found -> partitions.found(found);
            case ControlEntry.PartitionsGone(var source, var gone) -> partitions.gone(source, gone);
            case ControlEntry.PartitionsFinished finished -> partitions.finished(finished);
        };
    }

    /** All of it as bytes, for a snapshot of the Raft log. Equal states give equal bytes. */
    public byte[] encode() {
        return JSON.encode(job.image());
    }

    /**
     * Becomes what was encoded.
     *
     * @throws IllegalArgumentException when the bytes are of no state
     */
    public void restore(byte[] bytes) {
        job.restore(JSON.decode(bytes));
    }

    /** Where the job stands. */
    public JobPhase phase() {
        return job.phase;
    }

    /** The present run, or the last; 0 before the first. */
    public long generation() {
        return job.generation;
    }

    /** The assignment in force; none before the first generation, and none while the job is suspended. */
    public Optional<Assignment> assignment() {
        return job.assignment;
    }

    /** The version of the assignment in force; 0 before the first. */
    public long version() {
        return job.version();
    }

    /** The workers of the assignment in force, ascending. */
    public List<Integer> workers() {
        return job.workersNow();
    }

    /** All workers that are registered and not lost, ascending: those that run the job, and spare ones. */
    public List<Integer> alive() {
        return job.workers.alive();
    }

    /** The latest life of a worker; none when it never registered. */
    public Optional<Long> incarnation(int worker) {
        return job.workers.life(worker).map(Workers.Life::incarnation);
    }

    /** Whether a worker is registered and not lost. */
    public boolean isAlive(int worker) {
        return job.workers.isAlive(worker);
    }

    /** Why the job cannot run on a set of workers (none, unknown or lost ones, too many); empty if it can. */
    public Optional<String> whyNotOn(Collection<Integer> workers) {
        return job.workers.refusal(workers, job.groups);
    }

    /** What is under way. */
    public Optional<Operation> operation() {
        return job.operation;
    }

    /** The snapshots from which the job could go on, the oldest first. */
    public List<CommittedSnapshot> committed() {
        return List.copyOf(job.committed);
    }

    /** The snapshot from which the job would go on. */
    public Optional<CommittedSnapshot> lastCommitted() {
        return job.lastCommitted();
    }

    /** Whether the workers have changed in this generation since the last snapshot was committed. */
    public boolean isRescaledSinceSnapshot() {
        return job.isRescaledSinceSnapshot();
    }

    /** Whether no source will give any more. */
    public boolean areSourcesFinished() {
        return job.partitions.areAllFinished();
    }

    /** Whether nothing can come behind the last committed snapshot: all sources had finished in this generation when it began. */
    public boolean isSnapshotLast() {
        return job.lastCommitted()
                .filter(last -> last.generation() == job.generation && job.isLast(last))
                .isPresent();
    }

    /** Who polls what: partitions that are not finished, ascending. Of no meaning unless the job is running. */
    public List<PartitionOwner> partitions() {
        return job.partitions.owners();
    }

    /** The partitions that are finished, ascending. */
    public List<PartitionId> finishedPartitions() {
        return job.partitions.finished();
    }

    /** Sources of which no partition will give any more, ascending. */
    public List<String> finishedSources() {
        return job.partitions.finishedSources();
    }

    /** The partitions that are known of a source, ascending. */
    public List<String> knownPartitions(String source) {
        return job.partitions.known(source);
    }

    /** Whether a source was listed, if only as empty. */
    public boolean isListed(String source) {
        return job.partitions.isListed(source);
    }

    /** Whether no further partitions of a source will be found. */
    public boolean isClosed(String source) {
        return job.partitions.isClosed(source);
    }

    /** Who lists the partitions of sources: the first worker of the assignment. */
    public Optional<Integer> lister() {
        return job.workersNow().stream().findFirst();
    }

    /** What became of a user's request; none when it was never taken, or is long past. */
    public Optional<RequestState> request(String id) {
        return job.requests.state(id);
    }

    /** The version that the next rescale makes. */
    public long nextVersion() {
        return job.lastVersion + 1;
    }

    /** The id of the next snapshot. */
    public long nextSnapshot() {
        return job.lastSnapshot + 1;
    }

    /** How many key groups the job has. */
    public int groups() {
        return job.groups;
    }
}
