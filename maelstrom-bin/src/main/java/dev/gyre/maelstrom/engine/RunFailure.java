package dev.gyre.maelstrom.engine;

import java.util.List;
import java.util.Optional;

/**
 * Why a run could not be carried through: a node died, wrote what it must not, or did not answer when it had to.
 *
 * @param node the node
 * @param sentence what happened, in a sentence that names the node
 * @param line the line that the node wrote, when that is the reason
 * @param logTail the last lines of the node's log
 */
public record RunFailure(String node, String sentence, Optional<NodeEvent.Line> line, List<String> logTail) {}
