package dev.gyre.examples.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gyre.core.ServiceFactory;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Flags;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many nodes: in virtual time, where they are cut off and their messages counted, and over the wire. */
final class BroadcastClusterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Options options(String... flags) {
        return Flags.read(Options::read, flags);
    }

    private static ServiceFactory<Msg, Signal> factory(Options options) {
        return node -> new BroadcastNode(node, options);
    }

    private static Simulation<Msg, Signal> cluster(int nodes, ServiceFactory<Msg, Signal> factory) {
        return Simulation.of(Msg.class, factory)
                .nodes(nodes)
                .latency(Latency.constant(Duration.ofMillis(100)))
                .faults(FaultPlan.NONE);
    }

    private static void everyNodeHasInTheEnd(SimulationRun<Msg> run, IntSupplier elements) {
        run.whenSettled(() -> run.nodeIds()
                .forEach(id -> run.client()
                        .call(id, new Msg.Read(), SECOND)
                        .whenDone(outcome -> assertThat(((Msg.ReadOk) outcome.orThrow()).messages())
                                .as(id)
                                .hasSize(elements.getAsInt()))));
    }

    private static Set<Long> elements(int count) {
        return new HashSet<>(LongStream.range(0, count).boxed().toList());
    }

    /**
     * The arithmetic of docs/design/007-broadcast.md, counted: 25 nodes, 100 operations a second, half of them reads, 20
     * seconds. The latency is the time from an element's broadcast until the last node has it.
     */
    @ParameterizedTest(name = "{0} ms: at most {1} messages an operation, median {2} ms, max {3} ms")
    @CsvSource({"0, 25, 201, 201", "50, 11, 250, 301", "100, 6, 300, 401", "500, 1.9, 750, 1201"})
    void starMeetsItsFigures(int batchMillis, double messages, double median, double max) {
        var options = options("--batch-ms", Integer.toString(batchMillis));
        var counted = new Counted();
        cluster(25, node -> counted.node(node, options))
                .chaos(Duration.ofSeconds(23))
                .run(1, run -> {
                    var latencies = new Latencies(run, counted);
                    long at = 0;
                    for (int i = 0; i < 1000; i++) {
                        long element = i;
                        var node = run.anyNode();
                        run.after(Duration.ofNanos(at), () -> latencies.broadcast(node, element));
                        at += run.random().nextLong(40_000_000);
                    }
                    run.check(() -> {
                        assertThat(latencies.quantileMillis(0.5)).isLessThan(median);
                        assertThat(latencies.quantileMillis(1)).isLessThan(max);
                    });
                });
        assertThat(counted.messages() / 2000.0).isLessThan(messages).isGreaterThan(messages / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"star", "tree4", "sqrt"})
    void everyElementReachesAllNodesUnderEveryFaultButCrashes(String topology) {
        cluster(9, factory(options("--topology", topology, "--batch-ms", "50")))
                .latency(Latency.exponential(Duration.ofMillis(100)))
                .faults(FaultKind.WITHOUT_CRASHES)
                .sweep(1, 50, run -> {
                    var client = run.client();
                    var count = new AtomicInteger();
                    run.every(
                            Duration.ofMillis(100),
                            () -> client.call(run.anyNode(), new Msg.Broadcast(count.getAndIncrement()), SECOND));
                    everyNodeHasInTheEnd(run, count::get);
                });
    }

    @Test
    void nodeThatIsAwayForLongCostsNoGrowingTraffic() {
        var counted = new Counted();
        var minute = Duration.ofMinutes(1);
        var away = new Fault.Partition(List.of(List.of("n0", "n1"), List.of("n2")));
        cluster(3, node -> counted.node(node, options()))
                .faults(FaultPlan.NONE.with(Duration.ZERO, away))
                .chaos(minute)
                .settle(Duration.ofSeconds(5))
                .run(1, run -> {
                    var client = run.client();
                    var count = new AtomicInteger();
                    var before = new AtomicLong();
                    run.every(
                            Duration.ofMillis(10),
                            () -> client.call("n0", new Msg.Broadcast(count.getAndIncrement()), SECOND));
                    run.after(minute.minusMillis(1), () -> {
                        long healthy = 2 * 60_000 / 50; // a batch and its answer every 50 ms
                        long probes = 60_000 / 4000;
                        assertThat(counted.messages()).isLessThan(healthy + probes + 20);
                        before.set(counted.messages());
                    });
                    everyNodeHasInTheEnd(run, () -> 6000);
                    run.check(
                            () -> assertThat(counted.messages() - before.get()).isLessThan(15));
                });
    }

    @Test
    void idleClusterIsSilent() {
        var counted = new Counted();
        cluster(5, node -> counted.node(node, options()))
                .chaos(Duration.ofMinutes(10))
                .run(1, run -> {
                    run.client().call("n3", new Msg.Broadcast(7), SECOND);
                    run.after(
                            Duration.ofSeconds(5),
                            () -> assertThat(counted.messages()).isEqualTo(2 * 4));
                });
        assertThat(counted.messages()).isEqualTo(2 * 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"star", "tree4", "sqrt", "given"})
    void elementsReachAllNodesOverTheWire(String topology) {
        var options = options("--topology", topology, "--batch-ms", "5");
        try (var cluster = StreamCluster.start(5, Msg.class, factory(options))) {
            for (int i = 0; i < 5; i++) {
                var ok = cluster.call("n" + i, """
                        {"type":"topology","topology":{"n0":["n1"],"n1":["n0","n2"],"n2":["n1","n3"],
                         "n3":["n2","n4"],"n4":["n3"]}}""");
                assertThat(ok.path("type").asText()).isEqualTo("topology_ok");
            }
            for (int i = 0; i < 20; i++) {
                var ok = cluster.call("n" + i % 5, "{\"type\":\"broadcast\",\"message\":" + i + "}");
                assertThat(ok.path("type").asText()).isEqualTo("broadcast_ok");
            }
            for (int i = 0; i < 5; i++) {
                var id = "n" + i;
                await().until(() -> readOverTheWire(cluster, id).equals(elements(20)));
            }
        }
    }

    private static Set<Long> readOverTheWire(StreamCluster cluster, String id) {
        var messages = new HashSet<Long>();
        cluster.call(id, "{\"type\":\"read\"}").path("messages").forEach(message -> messages.add(message.longValue()));
        return messages;
    }

    @Test
    void readOkHasTheFieldMessagesAlone() {
        try (var cluster = StreamCluster.start(1, Msg.class, factory(options()))) {
            cluster.call("n0", "{\"type\":\"broadcast\",\"message\":9223372036854775807}");
            var reply = cluster.call("n0", "{\"type\":\"read\"}");

            assertThat(reply.fieldNames()).toIterable().containsExactlyInAnyOrder("type", "in_reply_to", "messages");
            assertThat(reply.path("messages").toString()).isEqualTo("[9223372036854775807]");
        }
    }
}
