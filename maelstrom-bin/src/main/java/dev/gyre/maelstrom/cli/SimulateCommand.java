package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.simulate.Simulator;
import dev.gyre.maelstrom.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "A seed that fails is printed with the command that runs it again, alone. Exit codes are those of test.",
            "",
            "Example: maelstrom simulate -w broadcast --bin broadcast --node-count 5 --nemesis partition --latency 50"
                    + " --seeds 200"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Console console;
    private final List<String> nodeArguments;

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

    SimulateCommand(Console console, List<String> nodeArguments) {
        this.console = console;
        this.nodeArguments = nodeArguments;
    }

    /** One seed's run, judged. */
    private record Judged(long seed, Results results, double simulatedSeconds) {}

    @Override
    public Integer call() throws InterruptedException {
        FlagValues.atLeastOne("--seeds", seeds);
        long first = flags.seed().orElse(1L);
        var nodes = SimulatedNodes.of(flags, service, nodeArguments);
        flags.simulated(nodes.name(), first);
        if (!flags.logsNodes()) {
            // The nodes are in this process, and their logger is not made before the first of them.
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        long from = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            var runs = new ArrayList<Future<Judged>>();
            for (long seed = first; seed < first + seeds; seed++) {
                long one = seed;
                runs.add(pool.submit(() -> judge(nodes, one)));
            }
            return report(runs, cores, from, pool);
        }
    }

    private Judged judge(SimulatedNodes nodes, long seed) {
        var settings = flags.simulated(nodes.name(), seed);
        var workload = Workloads.create(settings.workload(), settings.options()).orElseThrow();
        var run = Simulator.run(settings.plan(), workload, nodes.program(), new RunObserver() {});
        return new Judged(seed, Results.of(run.result(), settings.availability()), run.nanos() / NANOS_PER_SECOND);
    }

    private int report(List<Future<Judged>> runs, int cores, long fromNanos, ExecutorService pool)
            throws InterruptedException {
        double simulated = 0;
        long nextNote = fromNanos + console.progressEveryNanos();
        for (int i = 0; i < runs.size(); i++) {
            var judged = await(runs.get(i));
            simulated += judged.simulatedSeconds;
            if (judged.results.validity() != Validity.VALID) {
                pool.shutdownNow();
                return failed(judged, i);
            }
            if (System.nanoTime() >= nextNote) {
                console.note(i + 1 + " of " + runs.size() + " seeds hold");
                nextNote = System.nanoTime() + console.progressEveryNanos();
            }
        }
        double wall = (System.nanoTime() - fromNanos) / NANOS_PER_SECOND;
        console.print(String.format(
                Locale.ROOT,
                "%d seeds hold: %.0f simulated seconds in %.1f s on %d cores, %.1f seeds a second,"
                        + " %.0f simulated seconds a second and core",
                runs.size(),
                simulated,
                wall,
                cores,
                runs.size() / wall,
                simulated / wall / cores));
        console.print(TestCommand.GOOD);
        return ExitCode.of(Validity.VALID);
    }

    private int failed(Judged judged, int before) {
        judged.results.sentences().forEach(console::print);
        console.print("");
        console.print("Seed " + judged.seed + " does not hold, after " + before
                + " that do. Run it again: the same command with --seed " + judged.seed + " --seeds 1");
        console.print(judged.results.validity() == Validity.INVALID ? TestCommand.BAD : TestCommand.UNKNOWN);
        return ExitCode.of(judged.results.validity());
    }

    private static Judged await(Future<Judged> run) throws InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulated run failed", e.getCause());
        }
    }
}
