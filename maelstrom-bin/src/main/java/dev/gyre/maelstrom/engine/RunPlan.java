package dev.gyre.maelstrom.engine;

import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.maelstrom.nemesis.Fault;
import dev.gyre.maelstrom.nemesis.Rescaler;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run does, apart from the workload.
 *
 * @param nodes the names of the nodes, in order; at least one
 * @param load how clients work
 * @param latency how long messages between servers take
 * @param faults what breaks
 * @param random the run's chances
 */
public record RunPlan(List<String> nodes, Load load, Latency latency, FaultPlan faults, RandomStreams random) {
    /** Rejects a run without nodes. */
    public RunPlan {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a run needs at least one node");
        }
    }

    /**
     * How clients work.
     *
     * @param workers how many work at a time, at least 1
     * @param ratePerSecond operations a second, of all workers together; 0 for none
     * @param timeLimitNanos how long they work
     * @param finalWaitNanos how long the cluster may recover before the last reads
     */
    public record Load(int workers, double ratePerSecond, long timeLimitNanos, long finalWaitNanos) {}

    /**
     * What breaks.
     *
     * @param faults the kinds of faults
     * @param rescales whether nodes are asked to change how many workers they have
     * @param intervalNanos the mean time between two steps of a kind
     */
    public record FaultPlan(List<Fault> faults, boolean rescales, long intervalNanos) {
        /** A plan without rescales. */
        public FaultPlan(List<Fault> faults, long intervalNanos) {
            this(faults, false, intervalNanos);
        }

        /** The names of all that befalls nodes. */
        public List<String> names() {
            var names = new ArrayList<>(faults.stream().map(Fault::name).toList());
            if (rescales) {
                names.add(Rescaler.NAME);
            }
            return names;
        }
    }
}
