package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.result.Calm;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.simulate.Simulator;
import dev.gyre.maelstrom.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code maelstrom simulate}: runs a workload in virtual time, over many seeds, on all cores. */
@Command(
        name = "simulate",
        description =
                "Runs nodes in this process, in virtual time: many seeds, each of which fixes all of its run. Takes the"
                        + " flags of test; --bin is the name of a node of this project, such as broadcast, and --service"
                        + " is a class of yours.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A seed that fails runs again, and leaves its results, history, messages and pictures in store/latest, where"
                    + " maelstrom replay finds it. Exit codes are those of test.",
            "",
            "Example: maelstrom simulate -w broadcast --bin broadcast --node-count 5 --nemesis partition --latency 50"
                    + " --seeds 200"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Console console;
    private final Path store;
    private final List<String> nodeArguments;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final TestFlags flags = new TestFlags();

    @Mixin
    private final ServiceFlags service = new ServiceFlags();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many seeds to run, from --seed on. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    SimulateCommand(Console console, Path store, List<String> nodeArguments) {
        this.console = console;
        this.store = store;
        this.nodeArguments = nodeArguments;
    }

    /** One seed's run, judged. */
    private record Judged(long seed, Results results, Calm calm, double simulatedSeconds) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        FlagValues.atLeastOne("--seeds", seeds);
        long first = flags.seed().orElse(1L);
        var nodes = SimulatedNodes.of(flags, service, nodeArguments);
        flags.simulated(nodes.name(), first);
        quieten(flags.logsNodes());
        int cores = Runtime.getRuntime().availableProcessors();
        long from = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            var runs = new ArrayList<Future<Judged>>();
            for (long seed = first; seed < first + seeds; seed++) {
                long one = seed;
                runs.add(pool.submit(() -> judge(nodes, one)));
            }
            return report(nodes, runs, from, pool);
        }
    }

    private Judged judge(SimulatedNodes nodes, long seed) {
        var settings = flags.simulated(nodes.name(), seed);
        var workload = Workloads.create(settings.workload(), settings.options()).orElseThrow();
        var run = Simulator.run(settings.plan(), workload, nodes.program(), new RunObserver() {});
        return new Judged(
                seed,
                Results.ofSweep(run.result(), settings.availability()),
                Calm.of(run.result()),
                run.nanos() / NANOS_PER_SECOND);
    }

    /** The nodes are in this process, and their logger is not made before the first of them. */
    private static void quieten(boolean logsNodes) {
        if (!logsNodes) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        }
    }

    private int report(SimulatedNodes nodes, List<Future<Judged>> runs, long fromNanos, ExecutorService pool)
            throws IOException, InterruptedException {
        double simulated = 0;
        var calm = Calm.NONE;
        int unjudged = 0;
        long nextNote = fromNanos + console.progressEveryNanos();
        for (int i = 0; i < runs.size(); i++) {
            var judged = await(runs.get(i));
            simulated += judged.simulatedSeconds;
            calm = calm.plus(judged.calm);
            if (judged.results.validity() == Validity.INVALID) {
                pool.shutdownNow();
                return failed(nodes, judged, i);
            }
            unjudged += judged.results.validity() == Validity.UNKNOWN ? 1 : 0;
            if (System.nanoTime() >= nextNote) {
                console.note(i + 1 + " of " + runs.size() + " seeds hold");
                nextNote = System.nanoTime() + console.progressEveryNanos();
            }
        }
        int cores = Runtime.getRuntime().availableProcessors();
        double wall = (System.nanoTime() - fromNanos) / NANOS_PER_SECOND;
        console.print(String.format(
                Locale.ROOT,
                "%d seeds hold%s: %.0f simulated seconds in %.1f s on %d cores, %.1f seeds a second,"
                        + " %.0f simulated seconds a second and core",
                runs.size() - unjudged,
                unjudged == 0 ? "" : ", " + unjudged + " served too little to be judged",
                simulated,
                wall,
                cores,
                runs.size() / wall,
                simulated / wall / cores));
        console.print(String.format(
                Locale.ROOT,
                "Of %d operations outside of faults, %.1f %% were ok, and %.1f %% ok or refused for what is stored",
                calm.count(),
                100 * calm.okFraction(),
                100 * calm.answeredFraction()));
        // Some seeds leave no node to serve; when most do, the sweep says nothing.
        var validity = 2 * unjudged > runs.size() ? Validity.UNKNOWN : Validity.VALID;
        console.print(ReportPrinter.verdict(validity));
        return ExitCode.of(validity);
    }

    /** A failing seed runs again, and this time everything of it is written down. */
    private int failed(SimulatedNodes nodes, Judged judged, int before) throws IOException, InterruptedException {
        var settings = flags.simulated(nodes.name(), judged.seed);
        var report = record(settings, nodes, judged.seed);
        judged.results.sentences().forEach(console::print);
        console.print("");
        console.print("Seed " + judged.seed + " does not hold, after " + before + " that do. See "
                + report.folder().resolve("index.html"));
        if (!report.results().map().equals(judged.results.map())) {
            console.print(
                    "It went another way when it was run again, so the service is not deterministic: does it read a"
                            + " clock, draw unseeded numbers, or share static fields?");
        }
        console.print("Run it again:");
        console.print("maelstrom replay " + ReplayCommand.quoted(report.folder().path()));
        console.print("");
        console.print(ReportPrinter.verdict(judged.results.validity()));
        return ExitCode.of(judged.results.validity());
    }

    private TestRunner.Report record(TestSettings settings, SimulatedNodes nodes, long seed)
            throws IOException, InterruptedException {
        var parsed = Objects.requireNonNull(spec).commandLine().getParseResult();
        var arguments = StoredFlags.of(parsed, seed, nodeArguments);
        return new TestRunner(store, console).run(settings, arguments, Optional.of(nodes.program()));
    }

    /** What a run is judged by. */
    TestSettings judged() {
        return flags.judged();
    }

    /** Runs the one seed that the flags name. */
    TestRunner.Report replay(TestSettings.Logging logging) throws IOException, InterruptedException {
        long seed = flags.seed().orElse(0L);
        var nodes = SimulatedNodes.of(flags, service, nodeArguments);
        quieten(logging.nodeLogs());
        return record(flags.simulated(nodes.name(), seed).with(logging), nodes, seed);
    }

    private static Judged await(Future<Judged> run) throws InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulated run failed", e.getCause());
        }
    }
}
