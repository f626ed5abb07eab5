package dev.gyre.maelstrom.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Event;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.examples.echo.EchoNode;
import dev.gyre.examples.gset.GSetNode;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.nemesis.Faults;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.workload.Topology;
import dev.gyre.maelstrom.workload.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> NODES = List.of("n0", "n1", "n2", "n3", "n4");

    private static RunPlan plan(long seed) {
        return new RunPlan(
                NODES,
                new RunPlan.Load(5, 10, 20 * SECOND, 10 * SECOND),
                Latency.exponential(Duration.ofMillis(50)),
                new RunPlan.FaultPlan(List.of(Faults.named("partition").orElseThrow()), 5 * SECOND),
                new RandomStreams(seed));
    }

    private static Results run(String workload, Program<?, ?> program, long seed) {
        var made = Workloads.create(workload, new Workloads.Settings(NODES, Topology.GRID))
                .orElseThrow();
        return Results.of(
                Simulator.run(plan(seed), made, program, new RunObserver() {}).result(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "unique-ids", "broadcast", "g-set", "g-counter", "pn-counter"})
    void nodesOfThisProjectHoldUnderPartitionsOverTwoHundredSeeds(String name) {
        for (long seed = 1; seed <= 200; seed++) {
            var results = run(name, Programs.named(name, List.of()).orElseThrow(), seed);
            assertThat(results.validity())
                    .as("%s, seed %d: %s", name, seed, results.sentences())
                    .isEqualTo(Validity.VALID);
            if (seed % 20 == 0) { // the same seed has the same run: the maps hold every figure of it
                assertThat(run(name, Programs.named(name, List.of()).orElseThrow(), seed)
                                .map())
                        .isEqualTo(results.map());
            }
        }
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
