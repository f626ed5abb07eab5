package dev.gyre.maelstrom.cli;

import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.result.Availability;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workloads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of {@code test}, as Maelstrom has them, and what they mean. */
final class TestFlags {
    private static final double NANOS_PER_MILLI = 1e6;
    /** A number of nodes beyond any sense on one machine: each is a process with three threads here. */
    private static final int NODES_MAX = 500;

    private static final double LATENCY_MAX_MILLIS = 1e6;

    @Option(
            names = "--bin",
            paramLabel = "FILE",
            description =
                    "The executable that runs a node. What follows -- on the command line are its arguments. It runs"
                            + " in the system's temporary folder. Required.")
    private @Nullable Path bin;

    @Option(
            names = {"-w", "--workload"},
            paramLabel = "NAME",
            defaultValue = "lin-kv",
            completionCandidates = WorkloadNames.class,
            description = "What clients do: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, as in Maelstrom.")
    private String workload = "";

    @Option(
            names = "--node-count",
            paramLabel = "N",
            description = "How many nodes to run, named n0 to n(N-1). Without it there are five, n1 to n5.")
    private @Nullable Integer nodeCount;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long clients are at work. Default: ${DEFAULT-VALUE}.")
    private double timeLimit;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "5",
            description = "Operations a second, of all workers together, on average. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "1n",
            description =
                    "How many workers there are, each with one operation at a time: a number, or a multiple of the"
                            + " number of nodes, such as 2n. Worker i talks to node i mod the number of nodes. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String concurrency = "";

    @Option(
            names = "--latency",
            paramLabel = "MILLIS",
            defaultValue = "0",
            description = "How long messages between servers take, on average; those of clients take no time. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double latency;

    @Option(
            names = "--latency-dist",
            paramLabel = "KIND",
            defaultValue = "constant",
            description = "How latencies are spread: constant, uniform (0 to twice the mean) or exponential. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String latencyDistribution = "";

    @Mixin
    private final FaultFlags faults = new FaultFlags();

    @Option(
            names = "--topology",
            paramLabel = "NAME",
            defaultValue = "grid",
            description = "The neighbours that broadcast suggests: grid, line, tree (or tree2), tree3, tree4 or total."
                    + " Default: ${DEFAULT-VALUE}.")
    private String topology = "";

    @Option(
            names = "--availability",
            paramLabel = "FRACTION",
            description =
                    "The fraction of operations that must be served, 0 to 1, or total for all. Default: no demand.")
    private @Nullable String availability;

    @Mixin
    private final KeyFlags keys = new KeyFlags();

    @Mixin
    private final LogFlags logs = new LogFlags();

    @Option(
            names = "--test-count",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many times to run; the first run that is not valid is the last. Default: ${DEFAULT-VALUE}.")
    private int testCount;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description =
                    "Fixes what operations are asked, when, and which faults come when. With processes it does not fix"
                            + " how the machine schedules them, so a run may still go another way. Each further run of --test-count"
                            + " takes the next number. Default: chosen at random, and shown.")
    private @Nullable Long seed;

    @Option(
            names = "--final-wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "How long the cluster may recover before the last reads, in workloads that have them, once all nodes"
                            + " that were killed have started. Default: ${DEFAULT-VALUE}, as in Maelstrom.")
    private double finalWait;

    /** The workloads, for the help. */
    static final class WorkloadNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Workloads.names().iterator();
        }
    }

    Optional<Long> seed() {
        return Optional.ofNullable(seed);
    }

    /** Whether the nodes' logs are to be shown. */
    boolean logsNodes() {
        return logs.logging().nodeLogs();
    }

    int testCount() {
        return testCount;
    }

    /**
     * What the flags ask for.
     *
     * @param binaryArguments what follows {@code --}
     * @throws UsageError when that cannot be
     */
    TestSettings settings(List<String> binaryArguments, long runSeed) {
        return settingsOf(command(binaryArguments), runSeed, faults.forProcesses());
    }

    /**
     * What the flags ask for in a simulation.
     *
     * @param nodes what nodes run, by its name
     * @throws UsageError when that cannot be
     */
    TestSettings simulated(String nodes, long runSeed) {
        return settingsOf(List.of(nodes), runSeed, faults.forSimulation(runSeed));
    }

    /** What a run with these flags is judged by, whether or not it could be run here and now. */
    TestSettings judged() {
        return settingsOf(List.of(), 0, new RunPlan.FaultPlan(List.of(), 1));
    }

    /** Whether there is a {@code --bin}. */
    boolean namesBinary() {
        return bin != null;
    }

    /** The name that {@code --bin} gives: the last part, when it is a path. */
    String program() {
        var name = bin == null ? null : bin.getFileName();
        if (name == null) {
            throw new UsageError(
                    "--bin is missing; name one of this project's nodes, as in --bin broadcast, or a class of"
                            + " yours with --service");
        }
        return name.toString();
    }

    private TestSettings settingsOf(List<String> command, long runSeed, RunPlan.FaultPlan breaks) {
        var nodes = nodes();
        var topologyNamed = Topology.named(topology)
                .orElseThrow(() -> FlagValues.unknown("topology", topology, labels(Topology.values())));
        var load = load(nodes.size());
        var latencies = latencyModel();
        var clients = new Workloads.Clients(load.workers(), load.ratePerSecond(), latencies.meanNanos());
        var options = new Workloads.Settings(nodes, topologyNamed, clients, keys.settings(), keys.models());
        if (Workloads.create(workload, options).isEmpty()) {
            throw FlagValues.unknown("workload", workload, Workloads.names());
        }
        FlagValues.atLeastOne("--test-count", testCount);
        var plan = new RunPlan(nodes, load, latencies, breaks, new RandomStreams(runSeed));
        return new TestSettings(command, workload, options, plan, requiredAvailability(), logs.logging());
    }

    private List<String> command(List<String> binaryArguments) {
        if (bin == null) {
            throw new UsageError("--bin is missing; name the executable that runs a node, as in --bin ./my-node");
        }
        var command = new ArrayList<String>();
        command.add(FlagValues.executable("--bin", bin).toString());
        command.addAll(binaryArguments);
        return command;
    }

    private List<String> nodes() {
        if (nodeCount == null) {
            return IntStream.rangeClosed(1, 5).mapToObj(i -> "n" + i).toList();
        }
        int count = nodeCount;
        if (count < 1 || count > NODES_MAX) {
            throw new UsageError("--node-count is from 1 to " + NODES_MAX + ", not " + count);
        }
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    private RunPlan.Load load(int nodes) {
        long limit = FlagValues.nanos("--time-limit", timeLimit);
        if (!(rate >= 0 && rate <= 1e6)) {
            throw new UsageError("--rate is a number of operations a second, from 0 to 1000000, not " + rate);
        }
        return new RunPlan.Load(
                FlagValues.workers(concurrency, nodes), rate, limit, FlagValues.nanos("--final-wait", finalWait));
    }

    private Latency latencyModel() {
        if (!(latency >= 0 && latency <= LATENCY_MAX_MILLIS)) {
            throw new UsageError("--latency is a number of milliseconds from 0, not " + latency);
        }
        var distributions = Latency.Distribution.values();
        var distribution = Arrays.stream(distributions)
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(latencyDistribution))
                .findFirst()
                .orElseThrow(() -> FlagValues.unknown(
                        "--latency-dist",
                        latencyDistribution,
                        Arrays.stream(distributions)
                                .map(it -> it.name().toLowerCase(Locale.ROOT))
                                .toList()));
        return new Latency(distribution, Math.round(latency * NANOS_PER_MILLI));
    }

    private Optional<Availability> requiredAvailability() {
        if (availability == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Availability(availability.equals("total") ? 1 : Double.parseDouble(availability)));
        } catch (IllegalArgumentException e) {
            throw new UsageError("--availability is a fraction from 0 to 1, or total, not " + availability);
        }
    }

    private static List<String> labels(Topology[] topologies) {
        return Arrays.stream(topologies).map(Topology::label).toList();
    }
}
