package dev.gyre.stream.control;

/**
 * Where a job stands. The legal edges, all by entries:
 *
 * <ul>
 *   <li>starting → running: {@link ControlEntry.StartGeneration}
 *   <li>running → running: the same, when a worker has failed without being lost
 *   <li>running → starting: {@link ControlEntry.WorkerLost}, {@link ControlEntry.RegisterWorker} of a later life, {@link
 *       ControlEntry.AbortRescale}
 *   <li>running, starting → suspended: {@link ControlEntry.CommitSnapshot} of a snapshot that {@link ControlEntry.Suspend} began
 *   <li>suspended, complete → starting: {@link ControlEntry.Resume}
 *   <li>running → complete: {@link ControlEntry.Complete}
 * </ul>
 */
public enum JobPhase {
    /** A generation is to be started: at first, after a loss, after a resumption. */
    STARTING,
    /** A generation is under way, and all its workers live as far as is known. */
    RUNNING,
    /** Stopped with a snapshot, until somebody resumes it. */
    SUSPENDED,
    /** All sources have ended and the last snapshot is committed; until somebody lets it read on. */
    COMPLETE
}
