package dev.gyre.maelstrom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.result.ResultJson;
import dev.gyre.maelstrom.store.HistoryDifference;
import dev.gyre.maelstrom.store.HistoryFile;
import dev.gyre.maelstrom.store.RunArguments;
import dev.gyre.maelstrom.store.RunFiles;
import dev.gyre.maelstrom.store.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code maelstrom replay}: runs again what a folder of the store says was run. */
@Command(
        name = "replay",
        description =
                "Runs a stored run again, with the arguments that are in its folder, and judges it anew. A simulated"
                        + " run is repeated exactly, and compared with what is stored. With processes the seed fixes what clients"
                        + " do and which faults strike, not how the machine schedules the processes.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The run gets a folder of its own in the store. Exit codes are those of test.",
            "",
            "Example: maelstrom replay store/broadcast/latest --log-net-send"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int SHOWN_MAX = 300;

    private final Console console;
    private final Path store;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The folder of the run. Default: store/latest.")
    private @Nullable Path given;

    @Mixin
    private final LogFlags logs = new LogFlags();

    ReplayCommand(Console console, Path store) {
        this.console = console;
        this.store = store;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var link = given == null ? store.resolve("latest") : given;
        // The run that is to come will be the latest.
        var folder = Files.exists(link) ? link.toRealPath() : link;
        var arguments = arguments(folder);
        console.note("replaying " + quoted(folder) + ": maelstrom " + arguments.command() + " "
                + String.join(" ", arguments.flags())
                + (arguments.nodeArguments().isEmpty() ? "" : " -- " + String.join(" ", arguments.nodeArguments())));
        var report = replay(arguments, folder);
        console.note("see " + report.folder().resolve("index.html"));
        ReportPrinter.print(console, report.results());
        return ExitCode.of(report.results().validity());
    }

    private static RunArguments arguments(Path folder) throws IOException {
        try {
            return RunArguments.read(folder);
        } catch (UnreadableFile e) {
            throw new UsageError(e.problem());
        }
    }

    private TestRunner.Report replay(RunArguments arguments, Path folder) throws IOException, InterruptedException {
        return switch (arguments.command()) {
            case "simulate" -> {
                var simulate = new SimulateCommand(console, store, arguments.nodeArguments());
                StoredFlags.parse(simulate, arguments, folder);
                var report = simulate.replay(logs.logging());
                console.print(compare(folder, report));
                console.print("");
                yield report;
            }
            case "test" -> {
                var test = new TestCommand(console, store, arguments.nodeArguments());
                StoredFlags.parse(test, arguments, folder);
                var report = test.replay(logs.logging());
                console.print(
                        "The seed fixed what clients did and which faults struck, not how the machine scheduled the"
                                + " processes. " + verdicts(folder, report));
                console.print("");
                yield report;
            }
            default ->
                throw new UsageError(folder.resolve(RunArguments.FILE) + " names the command \"" + arguments.command()
                        + "\", which cannot be replayed; only simulate and test can");
        };
    }

    /** What is the same as in the stored run, and what is not. */
    private static String compare(Path folder, TestRunner.Report report) throws IOException {
        var stored = folder.resolve(HistoryFile.NAME);
        if (!Files.exists(stored)) {
            return "There is no " + stored + " to compare with: the stored run did not come to its end.";
        }
        var difference = HistoryDifference.between(stored, report.folder().resolve(HistoryFile.NAME));
        if (difference.isEmpty()) {
            return "The history is the same, line by line. " + verdicts(folder, report);
        }
        var at = difference.get();
        return "The history is not the same: line " + at.line() + " of " + stored + " differs. Has the node or the"
                + " workbench changed?\n  stored: "
                + at.first().map(ReplayCommand::shown).orElse("(the end)")
                + "\n  now:    " + at.second().map(ReplayCommand::shown).orElse("(the end)") + "\n"
                + verdicts(folder, report);
    }

    private static String verdicts(Path folder, TestRunner.Report report) throws IOException {
        var file = folder.resolve(RunFiles.RESULTS);
        if (!Files.exists(file)) {
            return "The stored run has no verdict: it did not come to its end.";
        }
        JsonNode before;
        try {
            before = Json.parse(Files.readString(file)).path("valid?");
        } catch (JsonProcessingException e) {
            return "The stored verdict cannot be read: " + file + " is not JSON.";
        }
        var now = ResultJson.of(report.results().map()).path("valid?");
        return before.equals(now)
                ? "The verdict is the same."
                : String.format(Locale.ROOT, "The verdict is not the same: valid was %s, and is %s.", before, now);
    }

    private static String shown(String line) {
        return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "…";
    }

    /** A path as a shell takes it. */
    static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./:=@%+,-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
