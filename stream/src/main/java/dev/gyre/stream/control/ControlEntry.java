package dev.gyre.stream.control;

import java.util.List;
import java.util.Optional;

/**
 * The entries of a job's Raft log: its decisions. Each names what it takes for granted (generation, version, id), and {@link
 * ControlState#apply} refuses it when that is so no longer; so an entry that is proposed twice, or late, does no harm.
 *
 * <p>Plain values, for {@code EntryCodec.json(ControlEntry.class)}.
 */
public sealed interface ControlEntry {
    /**
     * A worker is there, in a new life. If an earlier life of it took part in the generation, that generation is broken.
     *
     * @param worker any number
     * @param incarnation rises with each life of the worker; one that was lost never comes back
     */
    record RegisterWorker(int worker, long incarnation) implements ControlEntry {}

    /** A life of a worker is given up. If it took part in the generation, that is broken. */
    record WorkerLost(int worker, long incarnation) implements ControlEntry {}

    /**
     * Starts the next run of the job. What is under way in the present one is aborted.
     *
     * @param generation one more than the present
     * @param workers who runs it: all alive
     * @param snapshot the last committed one, if there is any
     */
    record StartGeneration(long generation, List<Integer> workers, Optional<Long> snapshot) implements ControlEntry {}

    /**
     * Begins a snapshot: barriers enter at the sources.
     *
     * @param snapshot one more than any before
     * @param version of the present assignment
     * @param request who asked for it, if a user did
     */
    record BeginSnapshot(long snapshot, long generation, long version, Optional<String> request)
            implements ControlEntry {}

    /**
     * The snapshot under way is complete: from here on the job recovers from it.
     *
     * @param parts one of each worker
     */
    record CommitSnapshot(long snapshot, long generation, List<SnapshotPart> parts) implements ControlEntry {}

    /** The snapshot under way is given up. */
    record AbortSnapshot(long snapshot, long generation, String reason) implements ControlEntry {}

    /**
     * Begins a change of the workers: markers enter at the sources.
     *
     * @param version one more than any before
     * @param workers the new ones: all alive, not those of now
     * @param request who asked for it, if a user did
     */
    record BeginRescale(long version, long generation, List<Integer> workers, Optional<String> request)
            implements ControlEntry {}

    /** All workers, old and new, are done with the rescale under way. */
    record CommitRescale(long version, long generation) implements ControlEntry {}

    /**
     * The rescale under way is given up. Since groups may have moved, the generation is broken with it.
     *
     * @param request who asked to give it up, if a user did
     */
    record AbortRescale(long version, long generation, String reason, Optional<String> request)
            implements ControlEntry {}

    /**
     * A source has partitions.
     *
     * @param partitions those that are new; others in the list are passed over
     * @param closed no others will be found, ever
     */
    record PartitionsFound(String source, List<String> partitions, boolean closed) implements ControlEntry {}

    /** Partitions of a source are there no more: they are forgotten. */
    record PartitionsGone(String source, List<String> partitions) implements ControlEntry {}

    /** Partitions of a source were read to their end. */
    record PartitionsFinished(long generation, String source, List<String> partitions) implements ControlEntry {}

    /** Begins a snapshot that stops the job: behind the barrier, sources give nothing until it is aborted. As {@link BeginSnapshot} else. */
    record Suspend(long snapshot, long generation, long version, String request) implements ControlEntry {}

    /** A suspended job is to go on; one that is complete, to read on where its sources ended. */
    record Resume(String request) implements ControlEntry {}

    /**
     * The job is at its end.
     *
     * @param snapshot the last committed one: of this generation, begun when all sources had finished
     */
    record Complete(long generation, long snapshot) implements ControlEntry {}

    /** An old snapshot is given up. Never the last one. */
    record RetireSnapshot(long snapshot) implements ControlEntry {}
}
