package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.process.Entropy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code maelstrom test}: runs a cluster of nodes, and judges what clients saw. */
@Command(
        name = "test",
        description = "Runs a cluster of nodes, lets clients work at it, and judges what they saw.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Results, history, messages, logs and pictures go to store/<workload>/<time>, and store/latest points to the"
                    + " last run.",
            "",
            "Exit code: 0 valid; 1 invalid, which includes a node that died, wrote what is no message, or did not answer"
                    + " init within 10 s; 2 unknown; 254 bad arguments; 255 a defect of the workbench.",
            "",
            "Example: maelstrom test -w broadcast --bin ./broadcast --node-count 5 --time-limit 10 --rate 10 --nemesis"
                    + " partition"
        })
final class TestCommand implements Callable<Integer> {
    private final Console console;
    private final Path store;
    private final List<String> binaryArguments;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final TestFlags flags = new TestFlags();

    TestCommand(Console console, Path store, List<String> binaryArguments) {
        this.console = console;
        this.store = store;
        this.binaryArguments = binaryArguments;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long seed = flags.seed().orElseGet(Entropy::seed);
        check();
        var validity = Validity.VALID;
        for (int i = 0; i < flags.testCount() && validity == Validity.VALID; i++) {
            if (flags.testCount() > 1) {
                console.note("run " + (i + 1) + " of " + flags.testCount());
            }
            var report = runOnce(seed + i);
            ReportPrinter.print(console, report.results());
            validity = report.results().validity();
        }
        return ExitCode.of(validity);
    }

    /**
     * Looks at the flags before anything runs.
     *
     * @throws UsageError when they ask for what cannot be
     */
    void check() {
        flags.settings(binaryArguments, 0);
    }

    /** What a run is judged by. */
    TestSettings judged() {
        return flags.judged();
    }

    /** Runs the test that the flags ask for, once. */
    TestRunner.Report runOnce(long seed) throws IOException, InterruptedException {
        return run(flags.settings(binaryArguments, seed), seed);
    }

    /** Runs the test whose flags name the seed. */
    TestRunner.Report replay(TestSettings.Logging logging) throws IOException, InterruptedException {
        long seed = flags.seed().orElse(0L);
        return run(flags.settings(binaryArguments, seed).with(logging), seed);
    }

    private TestRunner.Report run(TestSettings settings, long seed) throws IOException, InterruptedException {
        int nodes = settings.plan().nodes().size();
        console.note(settings.workload() + " on " + nodes + (nodes == 1 ? " node" : " nodes") + ", --seed " + seed);
        var arguments = StoredFlags.of(spec().commandLine().getParseResult(), seed, binaryArguments);
        var report = new TestRunner(store, console).run(settings, arguments, Optional.empty());
        console.note("see " + report.folder().resolve("index.html"));
        return report;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}
