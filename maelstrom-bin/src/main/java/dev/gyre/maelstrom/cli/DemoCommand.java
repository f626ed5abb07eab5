package dev.gyre.maelstrom.cli;

import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.demo.Demo;
import dev.gyre.maelstrom.demo.DemoFailure;
import dev.gyre.maelstrom.demo.TextInput;
import dev.gyre.maelstrom.demo.WordCountNodes;
import dev.gyre.maelstrom.process.ProcessDriver;
import dev.gyre.maelstrom.process.ProcessHost;
import dev.gyre.maelstrom.process.ProcessSpec;
import dev.gyre.maelstrom.store.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code maelstrom demo}: a dataflow on processes that are killed and rescaled, told as it happens. */
@Command(
        name = "demo",
        description =
                "Counts the words of this project's documents and sources on five node processes: one is killed and comes"
                        + " back, the one that decides is killed, and the job goes from three workers to five and to two. In the"
                        + " end the totals are compared with a plain count. It takes less than a minute.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Totals, logs and the nodes' own files stay in store/demo/<time>.",
            "",
            "Exit code: 0 the totals are right; 1 they are not, or a node did what it must not; 254 bad arguments."
        })
final class DemoCommand implements Callable<Integer> {
    /** Seconds in which one worker would read all lines. With three to five of them, two kills and two rescales, the script is over by then. */
    private static final long WORKER_SECONDS = 75;

    /** The same for a single text, which one worker reads whatever there are. */
    private static final long TEXT_SECONDS = 30;

    /** Nodes read portions of some dozen lines: slower than this, a node would seem to stand still between two. */
    private static final long LINES_A_SECOND_MIN = 200;

    private static final int SHOWN_MAX = 20;

    private final Console console;
    private final Path store;

    @Option(names = "--file", paramLabel = "FILE", description = "A text whose words are counted instead, in UTF-8.")
    private @Nullable Path file;

    @Option(
            names = "--bin",
            paramLabel = "FILE",
            description = "The executable that runs a node. Default: word-count-node, beside this program.")
    private @Nullable Path bin;

    DemoCommand(Console console, Path store) {
        this.console = console;
        this.store = store;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var node = FlagValues.executable("--bin", bin == null ? home().resolve(WordCountNodes.EXECUTABLE) : bin);
        var text = file == null ? Optional.<TextInput>empty() : Optional.of(text(file));
        var root = text.isPresent() ? Path.of("") : repository();
        var folder = StoreFolder.create(store, "demo", ZonedDateTime.now(ZoneId.systemDefault()));
        var input = text.isPresent() ? text.get() : TextInput.documentsOf(root, folder.resolve("input"));
        console.print(String.format(
                Locale.ROOT,
                "Counts the words of %s, %,d lines, on %d node processes, %d of them at work. All files: %s",
                input.texts() == 1 ? "one text" : String.format(Locale.ROOT, "%,d texts", input.texts()),
                input.lines(),
                Demo.NODES.size(),
                Demo.WORKERS,
                folder.path()));
        try {
            return judge(play(node, input, folder));
        } catch (DemoFailure e) {
            console.print("");
            console.print(e.sentence());
            e.details().forEach(line -> console.print("  " + line));
            console.print("The logs of the nodes are in " + folder.resolve(StoreFolder.LOGS));
            return ExitCode.INVALID;
        }
    }

    private Demo.Outcome play(Path node, TextInput input, StoreFolder folder)
            throws IOException, InterruptedException, DemoFailure {
        var output = Files.createDirectories(folder.resolve("totals"))
                .toAbsolutePath()
                .normalize();
        var command = new ArrayList<>(List.of(node.toString()));
        command.addAll(WordCountNodes.arguments(input.path(), output, Demo.WORKERS, linesASecond(input)));
        var spec = new ProcessSpec(
                command,
                TestSettings.nodeDirectory(),
                folder.resolve(StoreFolder.LOGS),
                folder.resolve(StoreFolder.DATA).toAbsolutePath(),
                Optional.empty());
        var timeline = new Timeline();
        try (var host = new ProcessHost(spec)) {
            var driver = new ProcessDriver(host, timeline, console.progressEveryNanos());
            var demo = new Demo(
                    timeline,
                    host,
                    (driven, progress) -> driver.drive(driven, () -> console.progress(progress.get())),
                    console::print);
            return demo.run(input, output);
        }
    }

    private static long linesASecond(TextInput input) {
        long seconds = input.texts() == 1 ? TEXT_SECONDS : WORKER_SECONDS;
        return Math.max(LINES_A_SECOND_MIN, input.lines() / seconds);
    }

    private int judge(Demo.Outcome outcome) {
        var differences = outcome.differences();
        differences.stream().limit(SHOWN_MAX).forEach(difference -> console.print("  " + difference));
        if (differences.size() > SHOWN_MAX) {
            console.print("  and " + (differences.size() - SHOWN_MAX) + " more");
        }
        return differences.isEmpty() ? ExitCode.VALID : ExitCode.INVALID;
    }

    private static TextInput text(Path file) {
        if (!Files.exists(file)) {
            throw new UsageError("--file " + file + ": there is no such file; check the path, which starts at "
                    + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw new UsageError("--file " + file + " is a folder; name a text");
        }
        try {
            return TextInput.file(file);
        } catch (IOException e) {
            throw new UsageError("--file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static Path repository() {
        var parent = home().toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new UsageError("there is no project around " + home() + " whose words could be counted; name a text"
                    + " with --file");
        }
        return parent;
    }

    private static Path home() {
        var home = System.getProperty("gyre.home");
        if (home == null) {
            throw new UsageError("only maelstrom-bin/maelstrom knows where this project is; start it by that, or name a"
                    + " text with --file and the executable of a node with --bin");
        }
        return Path.of(home);
    }
}
