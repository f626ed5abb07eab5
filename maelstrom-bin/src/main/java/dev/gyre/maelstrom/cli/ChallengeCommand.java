package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.process.Entropy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code maelstrom challenge}: runs the commands of the Fly.io challenges and scores them. */
@Command(
        name = "challenge",
        description = "Runs the Fly.io distributed systems challenges and scores them, with the marks for messages and"
                + " latency that Maelstrom itself does not check.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code: 0 passed; 1 failed; 2 unknown; 254 bad arguments; 255 a defect of the workbench.",
            "",
            "Example: maelstrom challenge 3d"
        })
final class ChallengeCommand implements Callable<Integer> {
    /** The launcher says in this property where the executables of ours are. */
    private static final String HOME = "gyre.home";

    private final Console console;
    private final Path store;
    private final List<String> binaryArguments;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "1, 2, 3a to 3e, 4, 5a to 5c, 6a to 6c, or all.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--bin",
            paramLabel = "FILE",
            description = "The executable that runs a node. Default: the example for the challenge.")
    private @Nullable Path bin;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "As in test. Default: chosen at random, and shown.")
    private @Nullable Long seed;

    ChallengeCommand(Console console, Path store, List<String> binaryArguments) {
        this.console = console;
        this.store = store;
        this.binaryArguments = binaryArguments;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var validity = Validity.VALID;
        for (var challenge : challenges()) {
            validity = validity.and(run(challenge));
        }
        return ExitCode.of(validity);
    }

    private List<Challenge> challenges() {
        if (ids.equals(List.of("all"))) {
            return Challenge.ALL;
        }
        return ids.stream()
                .map(id -> Challenge.of(id)
                        .orElseThrow(() -> new UsageError("unknown challenge \"" + id + "\"."
                                + Suggestions.didYouMean(id, Challenge.ids()) + " There are: "
                                + String.join(", ", Challenge.ids()) + ", all")))
                .toList();
    }

    private Validity run(Challenge challenge) throws IOException, InterruptedException {
        var score = new ScoreTable();
        for (var stage : challenge.stages()) {
            var arguments = new ArrayList<>(stage.arguments());
            arguments.addAll(List.of("--bin", binary(challenge).toString()));
            var test = new TestCommand(console, store, binaryArguments);
            new CommandLine(test).parseArgs(arguments.toArray(String[]::new));
            test.check();
            console.note("challenge " + challenge.id() + ", " + stage.name() + ": maelstrom test "
                    + String.join(" ", arguments));
            var report = test.runOnce(Optional.ofNullable(seed).orElseGet(Entropy::seed));
            if (report.results().validity() != Validity.VALID) {
                report.results().sentences().forEach(console::print);
            }
            score.add(stage, report.results());
        }
        console.print("");
        console.print(score.toString());
        console.print("");
        console.print("Challenge " + challenge.id() + " (" + challenge.title() + "): "
                + switch (score.validity()) {
                    case VALID -> "passed";
                    case UNKNOWN -> "unknown";
                    case INVALID -> "failed";
                });
        return score.validity();
    }

    private Path binary(Challenge challenge) {
        if (bin != null) {
            return bin;
        }
        String home = System.getProperty(HOME);
        if (home == null) {
            throw new UsageError(
                    "--bin is missing, and without the launcher nobody knows where the examples are; name the"
                            + " executable that runs a node");
        }
        return Path.of(home, challenge.node());
    }
}
