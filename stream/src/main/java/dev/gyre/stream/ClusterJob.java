package dev.gyre.stream;

import dev.gyre.core.NodeContext;
import dev.gyre.core.host.Node;
import dev.gyre.core.link.LinkSettings;
import dev.gyre.raft.RaftGroups;
import dev.gyre.raft.core.Timing;
import dev.gyre.stream.control.ControlSettings;
import dev.gyre.stream.snapshot.ReplicatedSnapshots;
import dev.gyre.stream.worker.Carriage;
import dev.gyre.stream.worker.JobConsole;
import dev.gyre.stream.worker.JobControl;
import dev.gyre.stream.worker.JobMessage;
import dev.gyre.stream.worker.JobNode;
import dev.gyre.stream.worker.JobSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A job on the nodes of a cluster: each decides with the others, keeps what they decide and the snapshots on its own disk, and has a worker, if it is given work. There is nothing
 * beside the nodes. Any of them may crash and come back, and more than the job needs may be there as spares.
 *
 * <pre>{@code
 * CountNode(NodeContext<Msg, Signal> node) {
 *     var groups = RaftGroups.embed(node);
 *     job = ClusterJob.embed(node, groups, Job.named("count", …), ClusterJob.Settings.workers(3));
 * }
 * }</pre>
 *
 * <p>Every node builds the same job. It answers {@code {"type":"rescale","workers":4}} and {@code {"type":"job_status"}}. The same node runs under Maelstrom, in the
 * simulator and in one JVM: frames are carried over links, which need nothing of a network but that it brings some of what it is given.
 *
 * <p>For the node's thread.
 */
public final class ClusterJob {
    private final JobNode node;

    private ClusterJob(JobNode node) {
        this.node = node;
    }

    /**
     * How a job runs. The same at all nodes.
     *
     * @param workers how many workers it begins with, at least 1
     * @param controllers how many nodes, the first ones, vote on decisions: an odd number, of which a majority has to be there
     * @param snapshotInterval from the end of a snapshot to the begin of the next
     * @param heartbeatTimeout a worker that is silent for so long is lost, and the job goes on without it
     * @param timing of the group that decides
     * @param links between the workers
     * @param snapshots how much they may take, among other things
     */
    public record Settings(
            int workers,
            int controllers,
            Duration snapshotInterval,
            Duration heartbeatTimeout,
            Timing timing,
            LinkSettings links,
            ReplicatedSnapshots.Settings snapshots) {
        /** Five nodes decide, a snapshot each second, and a worker is lost after a second of silence. */
        public static Settings workers(int workers) {
            return new Settings(
                    workers,
                    5,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Timing.defaults(),
                    LinkSettings.defaults(),
                    ReplicatedSnapshots.Settings.defaults());
        }

        private ControlSettings control() {
            return new ControlSettings(
                    workers,
                    heartbeatTimeout,
                    heartbeatTimeout.dividedBy(4),
                    Optional.of(snapshotInterval),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(250),
                    3);
        }
    }

    /** Makes a job a part of a node. To be called while the node's service is made. */
    public static ClusterJob embed(NodeContext<?, ?> node, RaftGroups<?> groups, Job job, Settings settings) {
        return embed(node, groups, job, settings, () -> 0);
    }

    /**
     * Makes a job a part of a node. To be called while the node's service is made.
     *
     * @param records tells who asks how the job stands how many records were read here
     */
    public static ClusterJob embed(
            NodeContext<?, ?> node, RaftGroups<?> groups, Job job, Settings settings, LongSupplier records) {
        var part = part(node, groups, job, settings);
        node.embed(JobControl.class, (NodeContext<JobControl, Void> own) -> new JobConsole(own, part, records));
        return new ClusterJob(part);
    }

    private static JobNode part(NodeContext<?, ?> node, RaftGroups<?> groups, Job job, Settings settings) {
        var run = new JobSettings(
                job.plan(),
                job.types(),
                settings.control(),
                settings.timing(),
                true,
                settings.controllers(),
                ReplicatedSnapshots.stores(settings.snapshots()),
                () -> {},
                new JobSettings.Watcher() {},
                Carriage.OverLinks.asBytes(settings.links(), job.plan(), job.types()),
                JobSettings.PORTION_BYTES);
        return node.embed(
                JobMessage.class, (NodeContext<JobMessage, JobNode.Signal> own) -> new JobNode(own, run, groups));
    }

    /**
     * Runs a node of a job as a process, on standard input and output: what a {@code main} method calls.
     *
     * @param job made for this node
     * @param records see {@link #embed}
     * @param arguments what the process was started with
     */
    public static void run(
            Function<NodeContext<?, ?>, Job> job, Settings settings, LongSupplier records, String... arguments) {
        Node.run(
                JobControl.class,
                (NodeContext<JobControl, Void> node) -> console(node, job, settings, records),
                arguments);
    }

    private static JobConsole console(
            NodeContext<JobControl, Void> node,
            Function<NodeContext<?, ?>, Job> job,
            Settings settings,
            LongSupplier records) {
        return new JobConsole(node, part(node, RaftGroups.embed(node), job.apply(node), settings), records);
    }

    /** Has the worker here look whether there is something to do: a source has more, or a sink takes more. */
    public void wake() {
        node.wake();
    }
}
