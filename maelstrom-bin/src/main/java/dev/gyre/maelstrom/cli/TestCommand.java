package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.process.Entropy;
import dev.gyre.maelstrom.result.Edn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    /** The verdict that people look for when all holds. */
    static final String GOOD = "Everything looks good! ヽ(‘ー`)ノ";
    /** The verdict that people look for when something is wrong. */
    static final String BAD = "Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻";

    static final String UNKNOWN = "Too little was seen to say anything. ಠ~ಠ";

    private static final int SHOWN_MAX = 40;

    private final Console console;
    private final Path store;
    private final List<String> binaryArguments;

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
            show(report);
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

    /** Runs the test that the flags ask for, once. */
    TestRunner.Report runOnce(long seed) throws IOException, InterruptedException {
        var settings = flags.settings(binaryArguments, seed);
        int nodes = settings.plan().nodes().size();
        console.note(settings.workload() + " on " + nodes + (nodes == 1 ? " node" : " nodes") + ", --seed " + seed);
        var report = new TestRunner(store, console).run(settings);
        console.note("see " + report.folder().resolve("index.html"));
        return report;
    }

    private void show(TestRunner.Report report) {
        var results = report.results();
        if (results.validity() != Validity.VALID) {
            results.sentences().forEach(console::print);
            console.print("");
        }
        console.print(Edn.abridge(results.map(), SHOWN_MAX));
        console.print("");
        console.print(
                switch (results.validity()) {
                    case VALID -> GOOD;
                    case UNKNOWN -> UNKNOWN;
                    case INVALID -> BAD;
                });
    }
}
