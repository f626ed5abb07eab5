package dev.gyre.maelstrom.mutants;

import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.nemesis.Faults;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.simulate.Program;
import dev.gyre.maelstrom.simulate.Programs;
import dev.gyre.maelstrom.simulate.Simulator;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workloads;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What right nodes and mutants alike are run in: five nodes, ten clients that ask twenty times a second for ten seconds, and
 * about half of the faults that the workload's right node is made for.
 */
final class Bed {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> NODES = List.of("n0", "n1", "n2", "n3", "n4");
    private static final int WORKERS = 10;
    private static final double RATE = 20;
    private static final long LATENCY_NANOS = 20_000_000;

    /** Kinds that a node without a disk survives. */
    private static final List<String> GENTLE =
            List.of("partition", "one-way", "slow", "clog", "loss", "duplicate", "pause", "clock", "slow-disk");

    private static final List<String> ALL = Stream.of(Faults.names(), Faults.simulatedNames())
            .flatMap(List::stream)
            .toList();

    /** Those whose right nodes of this project keep everything in memory. */
    private static final Set<String> IN_MEMORY =
            Set.of("g-set", "pn-counter", "kafka", "txn-rw-register", "txn-list-append");

    private Bed() {}

    /** The faults of a workload, by name. */
    static List<String> faults(String workload) {
        return IN_MEMORY.contains(workload) ? GENTLE : ALL;
    }

    /** The right node of a workload. */
    static Program<?, ?> right(String workload) {
        var name = switch (workload) {
            case "lin-mutex" -> "lock";
            case "keyed-totals" -> "totals-raft";
            default -> workload;
        };
        return Programs.named(name, List.of()).orElseThrow();
    }

    /** Runs a program with a seed, and judges it. */
    static Results run(String workload, Program<?, ?> program, long seed) {
        var streams = new RandomStreams(seed);
        var kinds = streams.fork("kinds");
        var faults = faults(workload).stream()
                .filter(name -> kinds.nextBoolean())
                .map(name -> Faults.named(name).orElseThrow())
                .toList();
        var plan = new RunPlan(
                NODES,
                new RunPlan.Load(WORKERS, RATE, 10 * SECOND, 10 * SECOND),
                Latency.exponential(Duration.ofNanos(LATENCY_NANOS)),
                new RunPlan.FaultPlan(faults, 3 * SECOND),
                streams);
        var model = workload.equals("txn-rw-register")
                ? ConsistencyModel.READ_COMMITTED
                : ConsistencyModel.STRICT_SERIALIZABLE;
        var settings = new Workloads.Settings(
                NODES,
                Topology.GRID,
                new Workloads.Clients(WORKERS, RATE, LATENCY_NANOS),
                new Workloads.Keys(10, 16, 4),
                EnumSet.of(model));
        var judged = Workloads.create(workload, settings).orElseThrow();
        return Results.ofSweep(
                Simulator.run(plan, judged, program, new RunObserver() {}).result(), Optional.empty());
    }
}
