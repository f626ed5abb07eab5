package dev.gyre.maelstrom.engine;

import dev.gyre.maelstrom.net.Message;
import java.util.List;
import java.util.Optional;

/** Runs the nodes: as processes, or within a simulation. What they do comes back to the run as {@link NodeEvent}s. */
public interface NodeHost {
    /**
     * Starts a node.
     *
     * @return nothing when it runs; otherwise what went wrong and what to do about it
     */
    Optional<String> start(String node);

    /** Gives a node a message. Never waits. */
    void deliver(String node, Message message);

    /** Why a node cannot take a message now, in a word or two, such as {@code n3 is down}; nothing when it can. */
    Optional<String> refusal(String node);

    /** The last lines of a node's log, oldest first; empty when it wrote none. */
    List<String> logTail(String node);
}
