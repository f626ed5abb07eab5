package dev.gyre.maelstrom.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to run a node.
 *
 * @param command the executable, as an absolute path, and its arguments
 * @param directory where it runs
 * @param logDirectory where its log goes, as {@code <node>.log}
 * @param dataDirectory where nodes may keep their files, in the environment variable {@code GYRE_DATA_DIR}
 * @param logLines gets each line of its log as well, from any thread; nothing when nobody wants them
 */
public record ProcessSpec(
        List<String> command,
        Path directory,
        Path logDirectory,
        Path dataDirectory,
        Optional<Consumer<String>> logLines) {
    /** Rejects an empty command. */
    public ProcessSpec {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a process needs an executable");
        }
    }
}
