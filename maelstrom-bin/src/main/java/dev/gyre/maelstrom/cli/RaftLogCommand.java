package dev.gyre.maelstrom.cli;

import dev.gyre.core.StorageException;
import dev.gyre.raft.storage.FolderFiles;
import dev.gyre.raft.storage.RaftLogPrinter;
import dev.gyre.raft.storage.RaftLogPrinter.Selection;
import dev.gyre.raft.storage.RaftLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code maelstrom raft-log}: shows the log of a Raft node. */
@Command(
        name = "raft-log",
        description =
                "Shows the log that a Raft node keeps in a folder: a summary, and entries. Nothing is changed and no lock"
                        + " is taken, so the node may run meanwhile. A damaged log is shown as far as it can be read.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 when a node could start from the log, 1 when it would refuse it, 254 when there is no log or"
                    + " the command line makes no sense.",
            "",
            "Example: maelstrom raft-log data/n1 --from 100 --to 120"
        })
final class RaftLogCommand implements Callable<Integer> {
    private static final String DEFAULT_GROUP = "raft";

    private final Console console;

    @Parameters(paramLabel = "FOLDER", description = "The folder of a node: its --data-dir, and in it its id.")
    private Path folder = Path.of("");

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "The Raft group, where a node has several. Default: " + DEFAULT_GROUP
                    + ", or the only one there is.")
    private @Nullable String group;

    @Option(
            names = "--from",
            paramLabel = "INDEX",
            description = "The first entry to show; at most " + RaftLogPrinter.MAX_LINES + " are. Default: the last "
                    + RaftLogPrinter.DEFAULT_LINES + ".")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "INDEX", description = "The last entry to show. Default: the last one.")
    private @Nullable Long to;

    @Option(
            names = "--batches",
            description = "Show, too, in which batches the entries are: where, with what else, and what was replaced.")
    private boolean hasBatches;

    RaftLogCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var selection = new Selection(index("--from", from), index("--to", to), hasBatches);
        if (from != null && to != null && from > to) {
            throw new UsageError("--from " + from + " is behind --to " + to + ": swap them");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageError(folder + ": there is no such folder; name that of a node, such as data/n1");
        }
        try (var files = new FolderFiles(folder)) {
            var groups = RaftLogReader.groups(files);
            var chosen = chosen(groups);
            console.print("Raft log of group " + shown(chosen) + " in " + folder
                    + (groups.size() > 1 ? "; groups there: " + shown(groups) : ""));
            var printer = new RaftLogPrinter(console::print);
            return printer.print(new RaftLogReader(files, chosen), selection) ? ExitCode.VALID : ExitCode.INVALID;
        } catch (StorageException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    private static OptionalLong index(String flag, @Nullable Long given) {
        if (given == null) {
            return OptionalLong.empty();
        }
        if (given < 1) {
            throw new UsageError(flag + " " + given + ": entries are numbered from 1");
        }
        return OptionalLong.of(given);
    }

    private String chosen(List<String> groups) throws IOException {
        if (groups.isEmpty()) {
            throw new UsageError(folder + " has no log of Raft in it" + elsewhere());
        }
        var wanted = group;
        if (wanted == null) {
            if (groups.size() > 1 && !groups.contains(DEFAULT_GROUP)) {
                throw new UsageError(folder + " has several groups: " + shown(groups) + "; choose one with --group");
            }
            return groups.size() == 1 ? groups.getFirst() : DEFAULT_GROUP;
        }
        if (!groups.contains(wanted)) {
            throw new UsageError("there is no group \"" + wanted + "\" in " + folder + "; there are: " + shown(groups));
        }
        return wanted;
    }

    /** Nodes whose folders lie in this one: it is easy to name one level too few. */
    private String elsewhere() throws IOException {
        try (var inside = Files.list(folder)) {
            var nodes = inside.filter(Files::isDirectory)
                    .filter(RaftLogCommand::hasLog)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            return nodes.isEmpty() ? "; name the folder of a node" : "; there are some in " + String.join(", ", nodes);
        }
    }

    private static boolean hasLog(Path inside) {
        try (var files = new FolderFiles(inside)) {
            return !RaftLogReader.groups(files).isEmpty();
        } catch (StorageException unreadable) {
            return false;
        }
    }

    private static String shown(List<String> groups) {
        return String.join(", ", groups.stream().map(RaftLogCommand::shown).toList());
    }

    private static String shown(String group) {
        return group.isEmpty() ? "\"\" (no name)" : group;
    }
}
