package dev.gyre.maelstrom.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Event;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.examples.echo.EchoNode;
import dev.gyre.examples.gset.GSetNode;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.nemesis.Faults;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workload;
import dev.gyre.maelstrom.workload.Workloads;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> NODES = List.of("n0", "n1", "n2", "n3", "n4");

    private static final int SEEDS = 200;

    /** Heartbeats make ten times the events of other nodes. */
    private static final int ON_RAFT = 60;

    /** A job has links and snapshots to keep busy, beside three groups. */
    private static final int STREAMS = Integer.getInteger("stream.count.seeds", 20);

    /** {@code -Psoak} asks for many more. */
    private static final int LIN_KV_ON_RAFT = Integer.getInteger("raft.kv.seeds", 300);

    private static final long LIN_KV_SEED = Long.getLong("raft.kv.seed", 1);

    /** Kinds that a node without a disk survives. */
    private static final List<String> GENTLE =
            List.of("partition", "one-way", "slow", "clog", "loss", "duplicate", "pause", "clock", "slow-disk");

    private static final List<String> ALL = Stream.of(Faults.names(), Faults.simulatedNames())
            .flatMap(List::stream)
            .toList();

    /** As in a swarm, about half of the kinds take part in a run. */
    private static RunPlan plan(List<String> faults, long seed) {
        var random = new RandomStreams(seed).fork("kinds");
        var chosen = faults.stream()
                .filter(name -> random.nextBoolean())
                .map(name -> Faults.named(name).orElseThrow())
                .toList();
        return new RunPlan(
                NODES,
                new RunPlan.Load(5, 10, 10 * SECOND, 10 * SECOND),
                Latency.exponential(Duration.ofMillis(20)),
                new RunPlan.FaultPlan(chosen, 3 * SECOND),
                new RandomStreams(seed));
    }

    private static Workload<?, ?> workload(String name) {
        var models = EnumSet.of(
                name.equals("txn-rw-register")
                        ? ConsistencyModel.READ_COMMITTED
                        : ConsistencyModel.STRICT_SERIALIZABLE);
        var settings = new Workloads.Settings(
                NODES, Topology.GRID, new Workloads.Clients(5, 10, 20_000_000), new Workloads.Keys(10, 16, 4), models);
        return Workloads.create(name, settings).orElseThrow();
    }

    private static Simulator.Simulated<?, ?> simulate(
            String workload, Program<?, ?> program, List<String> faults, long seed) {
        return Simulator.run(plan(faults, seed), workload(workload), program, new RunObserver() {});
    }

    private static Results run(String workload, Program<?, ?> program, long seed) {
        return Results.of(
                simulate(workload, program, List.of("partition"), seed).result(), Optional.empty());
    }

    static Stream<Arguments> nodes() {
        return Stream.of(
                Arguments.of("echo", "echo", ALL, SEEDS),
                Arguments.of("unique-ids", "unique-ids", ALL, SEEDS),
                Arguments.of("broadcast", "broadcast", ALL, SEEDS),
                Arguments.of("g-counter", "g-counter", ALL, SEEDS),
                Arguments.of("pn-counter", "pn-counter", GENTLE, SEEDS),
                Arguments.of("lin-kv", "lin-kv", ALL, LIN_KV_ON_RAFT),
                Arguments.of("lin-kv", "lin-kv-proxy", ALL, SEEDS),
                Arguments.of("lin-mutex", "lock", ALL, SEEDS),
                Arguments.of("lin-mutex", "lock-raft", ALL, ON_RAFT),
                Arguments.of("g-set", "g-set", GENTLE, SEEDS),
                Arguments.of("kafka", "kafka", GENTLE, SEEDS),
                Arguments.of("kafka", "kafka-raft", ALL, ON_RAFT),
                Arguments.of("keyed-totals", "totals-raft", ALL, ON_RAFT),
                Arguments.of("keyed-totals", "stream-count", ALL, STREAMS),
                Arguments.of("windowed-totals", "stream-count", ALL, STREAMS),
                Arguments.of("txn-rw-register", "txn-rw-register", GENTLE, SEEDS),
                Arguments.of("txn-list-append", "txn-list-append", ALL, ON_RAFT));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("nodes")
    void nodesOfThisProjectHoldOverManySeeds(String workload, String name, List<String> faults, int seeds) {
        int judged = 0;
        long first = name.equals("lin-kv") ? LIN_KV_SEED : 1;
        for (long seed = first; seed < first + seeds; seed++) {
            var program = Programs.named(name, List.of()).orElseThrow();
            var run = simulate(workload, program, faults, seed);
            var results = Results.ofSweep(run.result(), Optional.empty());
            assertThat(results.validity() == Validity.INVALID ? results.sentences() : List.of())
                    .as("%s, seed %d", name, seed)
                    .isEmpty();
            judged += results.validity() == Validity.VALID ? 1 : 0;
            if (seed % 20 == 0) {
                assertThat(simulate(workload, program, faults, seed).traceHash())
                        .as("trace of %s, seed %d", name, seed)
                        .isEqualTo(run.traceHash());
            }
        }
        assertThat(judged).isGreaterThan(seeds * 9 / 10);
    }

    @Test
    void nodeThatKeepsWhatItHasToItselfIsCaught() {
        var hermit = new Program<GSetNode.Msg, GSetNode.Signal>(GSetNode.Msg.class, node -> {
            var set = new GSetNode(node);
            return (event, network) -> {
                if (!(event instanceof Event.Signal)) {
                    set.step(event, network);
                }
            };
        });
        var results = run("g-set", hermit, 1);
        assertThat(results.validity()).isEqualTo(Validity.INVALID);
        assertThat(results.sentences().toString()).contains("lost");
    }

    @Test
    void exceptionOfANodeEndsTheRunAndNamesIt() {
        var results = run(
                "echo",
                new Program<EchoNode.Msg, Void>(EchoNode.Msg.class, node -> (event, network) -> {
                    throw new IllegalStateException("boom at " + node.nodeId());
                }),
                1);
        assertThat(results.validity()).isEqualTo(Validity.INVALID);
        assertThat(results.sentences().toString()).contains("threw java.lang.IllegalStateException: boom at n");
    }
}
