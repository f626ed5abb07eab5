package dev.gyre.maelstrom.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How to run a node.
 *
 * @param command the executable, as an absolute path, and its arguments
 * @param directory where it runs
 * @param logDirectory where its log goes, as {@code <node>.log}
 * @param logToStderr whether its log is shown as well
 */
public record ProcessSpec(List<String> command, Path directory, Path logDirectory, boolean logToStderr) {
    /** Rejects an empty command. */
    public ProcessSpec {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a process needs an executable");
        }
    }
}
