package dev.gyre.stream.worker;

import dev.gyre.raft.core.Timing;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.control.Decision;
import dev.gyre.stream.control.JobPhase;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.snapshot.SnapshotStores;

/**
 * What the nodes of a job run.
 *
 * @param plan the job
 * @param types what its keys, states and positions may be
 * @param control how it is run
 * @param timing of the group that decides
 * @param isDurable whether decisions are kept on the nodes' storage
 * @param controllers how many nodes, the first ones, vote on decisions: an odd number
 * @param stores where this node's worker keeps snapshots
 * @param onWoken runs what has come back from outside of the loop, at a {@link JobMessage.Woken}
 * @param watcher is told what others than the nodes want to know
 * @param carriage how frames get from worker to worker
 * @param portionBytes of state are written for a snapshot before records go on, and a group more
 */
public record JobSettings(
        Plan plan,
        Types types,
        ControlSettings control,
        Timing timing,
        boolean isDurable,
        int controllers,
        SnapshotStores stores,
        Runnable onWoken,
        Watcher watcher,
        Carriage carriage,
        int portionBytes) {
    /** Some thousand keys, half a millisecond. Less would make snapshots of a small state take many turns, more would stop the records of a large one. */
    public static final int PORTION_BYTES = 1 << 16;

    /** On a host whose nodes pass frames by reference and lose none. */
    public JobSettings(
            Plan plan,
            Types types,
            ControlSettings control,
            Timing timing,
            boolean isDurable,
            int controllers,
            SnapshotStores stores,
            Runnable onWoken,
            Watcher watcher) {
        this(
                plan,
                types,
                control,
                timing,
                isDurable,
                controllers,
                stores,
                onWoken,
                watcher,
                new Carriage.Direct(),
                PORTION_BYTES);
    }

    /** Is told how the job stands, on the nodes' threads. */
    public interface Watcher {
        /** This node knows all that was decided before it was started: where the job stood. Once, and before all else. */
        default void began(JobPhase phase) {}

        /** The worker at this node is known, and can be given work. Once. */
        default void registered() {}

        /** The job is at its end, or stands still until somebody resumes it. */
        default void stopped(boolean isComplete) {}

        /** The job is to go on after it had stopped. */
        default void resumed() {}

        /** The worker at this node cannot go on; the job is started anew. */
        default void failed(RuntimeException failure) {}

        /**
         * Something was decided, and this node has acted on it. Behind a restart also what was decided for earlier lives.
         *
         * @param term of the leader who proposed it: another term is another leader's, or another time that the same one leads
         */
        default void decided(long term, Decision decision) {}

        /** A snapshot is committed. */
        default void snapshotCommitted(long snapshot) {}
    }
}
