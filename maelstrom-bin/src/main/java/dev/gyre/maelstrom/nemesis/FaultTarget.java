package dev.gyre.maelstrom.nemesis;

import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.SimulatedNode;
import java.util.List;
import java.util.Optional;

/** What faults act on: the cluster, with its network. */
public interface FaultTarget {
    /** The names of the nodes. */
    List<String> nodes();

    /** The network between them. */
    SimulatedNetwork network();

    /** Ends a node without a word. */
    void kill(String node);

    /** Starts a node that does not run, with what its disk has kept. */
    void restart(String node);

    /** Makes a node stand still. */
    void pause(String node);

    /** Lets a node go on. */
    void resume(String node);

    /** The node itself, whose clock and disk can be broken; nothing when it is a process. */
    Optional<SimulatedNode<?, ?>> simulated(String node);
}
