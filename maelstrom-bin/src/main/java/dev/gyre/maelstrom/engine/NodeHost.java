package dev.gyre.maelstrom.engine;

import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.SimulatedNode;
import java.util.List;
import java.util.Optional;

/** Runs the nodes: as processes, or within a simulation. What they do comes back to the run as {@link NodeEvent}s. */
public interface NodeHost {
    /**
     * Starts a node: for the first time, or again after it was killed, with what its disk has kept.
     *
     * @return nothing when it runs; otherwise what went wrong and what to do about it
     */
    Optional<String> start(String node);

    /** Ends a node without a word. What it was about to say is not heard any more. */
    void kill(String node);

    /** Makes a node stand still. Does nothing to one that does not run. */
    void pause(String node);

    /** Lets a node go on. Does nothing to one that does not stand still. */
    void resume(String node);

    /**
     * Gives a node a message. Never waits.
     *
     * @param number the network's number for the message
     */
    void deliver(String node, long number, Letter letter);

    /** Why a node cannot take a message now, in a word or two, such as {@code n3 is down}; nothing when it can. */
    Optional<String> refusal(String node);

    /** The node itself, whose clock and disk can be broken; nothing when it is a process. */
    Optional<SimulatedNode<?, ?>> simulated(String node);

    /** The last lines of a node's log, oldest first; empty when it wrote none. */
    List<String> logTail(String node);
}
