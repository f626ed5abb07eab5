package dev.gyre.maelstrom.cli;

import dev.gyre.maelstrom.store.RunArguments;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Takes the flags of a command down for the run's folder, and gives them to a command again. */
final class StoredFlags {
    /** Flags that say how many runs there are, or what is shown, and nothing of the one run. */
    private static final Set<String> NOT_KEPT = new TreeSet<>(
            List.of("--seed", "--seeds", "--test-count", "--log-stderr", "--log-net-send", "--log-net-recv"));

    private StoredFlags() {}

    /**
     * The flags of one run.
     *
     * @param parsed the command line as it was understood
     * @param nodeArguments what follows {@code --}
     */
    static RunArguments of(ParseResult parsed, long seed, List<String> nodeArguments) {
        String command = parsed.commandSpec().name();
        var flags = new ArrayList<String>();
        for (var option : parsed.matchedOptionsSet()) {
            if (!NOT_KEPT.contains(option.longestName())) {
                for (var value : option.originalStringValues()) {
                    flags.add(option.longestName());
                    flags.add(kept(command, option, value));
                }
            }
        }
        flags.add("--seed");
        flags.add(Long.toString(seed));
        return new RunArguments(command, flags, nodeArguments);
    }

    /** A replay may be started in another folder. */
    private static String kept(String command, OptionSpec option, String value) {
        return switch (option.longestName()) {
            case "--bin" ->
                command.equals("test")
                        ? Path.of(value).toAbsolutePath().normalize().toString()
                        : value;
            case ServiceFlags.CLASS_PATH ->
                ServiceFlags.absolute(value).stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
            default -> value;
        };
    }

    /**
     * Gives a command its flags.
     *
     * @throws UsageError when it does not take them
     */
    static void parse(Object command, RunArguments arguments, Path folder) {
        try {
            new CommandLine(command).parseArgs(arguments.flags().toArray(String[]::new));
        } catch (ParameterException e) {
            throw new UsageError(folder.resolve(RunArguments.FILE) + " has flags that this version does not take: "
                    + e.getMessage() + "; run the command anew");
        }
    }
}
