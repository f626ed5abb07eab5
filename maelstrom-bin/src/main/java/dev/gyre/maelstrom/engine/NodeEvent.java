package dev.gyre.maelstrom.engine;

import dev.gyre.core.simulation.Letter;
import java.util.Optional;

/** What a node did. */
public sealed interface NodeEvent {
    /** The node's name. */
    String node();

    /**
     * It sent a message.
     *
     * @param line the line that it wrote; nothing when it is no process
     */
    record Sent(String node, Optional<Line> line, Letter letter) implements NodeEvent {}

    /**
     * It wrote a line that is not a message.
     *
     * @param problem what is wrong with the line, such as {@code is not JSON}
     */
    record BadLine(String node, Line line, String problem) implements NodeEvent {}

    /**
     * It ended, or can no longer be heard.
     *
     * @param how what happened, such as {@code exited with code 1}
     */
    record Ended(String node, String how) implements NodeEvent {}

    /**
     * A line of a node's output.
     *
     * @param number counted from 1
     * @param text the line without its line feed, or the beginning of a very long one
     */
    record Line(long number, String text) {}
}
