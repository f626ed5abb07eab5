package dev.gyre.examples.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gyre.core.ServiceFactory;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.examples.Flags;
import dev.gyre.examples.VirtualCluster;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many nodes: in virtual time, where they are cut off and their messages counted, and over the wire. */
final class BroadcastClusterTest {
    private static Options options(String... flags) {
        return Flags.read(Options::read, flags);
    }

    private static VirtualCluster<Msg, Signal> cluster(int nodes, long seed) {
        return new VirtualCluster<>(nodes, Msg.class, seed);
    }

    private static ServiceFactory<Msg, Signal> factory(Options options) {
        return node -> new BroadcastNode(node, options);
    }

    private static List<Long> read(VirtualCluster<Msg, Signal> cluster, String id) {
        return ((Msg.ReadOk) cluster.ask(id, new Msg.Read())).messages();
    }

    private static Set<Long> elements(int count) {
        return new HashSet<>(LongStream.range(0, count).boxed().toList());
    }

    /**
     * The arithmetic of docs/design/007-broadcast.md, counted: 25 nodes, 100 operations a second, half of them reads, 20
     * seconds. The latency is the time from an element's broadcast until the last node has it.
     */
    @ParameterizedTest(name = "{0} ms: at most {1} messages an operation, median {2} ms, max {3} ms")
    @CsvSource({"0, 25, 211, 211", "50, 11, 250, 311", "100, 6, 300, 411", "500, 1.9, 750, 1211"})
    void starMeetsItsFigures(int batchMillis, double messages, double median, double max) {
        var options = options("--batch-ms", Integer.toString(batchMillis));
        var cluster = cluster(25, 1).start(factory(options));
        var latencies = new Latencies(cluster);

        for (int i = 0; i < 1000; i++) {
            latencies.broadcast("n" + cluster.random().nextInt(25), i);
            latencies.advance(Duration.ofNanos(cluster.random().nextLong(40_000_000)));
        }
        latencies.advance(Duration.ofSeconds(3));

        assertThat(cluster.serverMessages() / 2000.0).isLessThan(messages);
        assertThat(latencies.quantileMillis(0.5)).isLessThan(median);
        assertThat(latencies.quantileMillis(1)).isLessThan(max);
    }

    @ParameterizedTest
    @ValueSource(strings = {"star", "tree4", "sqrt"})
    void everyElementReachesAllNodesAfterCutsAndLoss(String topology) {
        var options = options("--topology", topology, "--batch-ms", "50");
        for (long seed = 0; seed < 20; seed++) {
            var cluster = cluster(9, seed).latency(Duration.ZERO, Duration.ofSeconds(2));
            var cut = new HashSet<String>();
            cluster.losing((src, dest) -> cut.contains(src) != cut.contains(dest)
                            || cluster.random().nextInt(10) == 0)
                    .start(factory(options));
            for (long i = 0; i < 300; i++) {
                if (i % 50 == 0) {
                    cut.clear();
                    cluster.nodeIds().stream()
                            .filter(id -> cluster.random().nextBoolean())
                            .forEach(cut::add);
                }
                cluster.ask("n" + cluster.random().nextInt(9), new Msg.Broadcast(i));
                cluster.advance(Duration.ofMillis(100));
            }

            cluster.losing((src, dest) -> false).latency(Duration.ofMillis(100), Duration.ofMillis(100));
            cluster.advance(Duration.ofSeconds(10));

            for (var id : cluster.nodeIds()) {
                assertThat(read(cluster, id)).as("%s, seed %d", id, seed).hasSize(300);
            }
        }
    }

    @Test
    void nodeThatIsAwayForLongCostsNoGrowingTraffic() {
        var cluster = cluster(3, 1);
        cluster.losing((src, dest) -> src.equals("n2") || dest.equals("n2")).start(factory(options()));
        for (long i = 0; i < 6000; i++) {
            cluster.ask("n0", new Msg.Broadcast(i));
            cluster.advance(Duration.ofMillis(10));
        }
        long healthy = 2 * 60_000 / 50; // a batch and its answer every 50 ms
        long probes = 60_000 / 4000;
        assertThat(cluster.serverMessages()).isLessThan(healthy + probes + 20);

        long before = cluster.serverMessages();
        cluster.losing((src, dest) -> false).advance(Duration.ofSeconds(5));
        assertThat(read(cluster, "n2")).hasSize(6000);
        assertThat(cluster.serverMessages() - before).isLessThan(10);
    }

    @Test
    void idleClusterIsSilent() {
        var cluster = cluster(5, 1).start(factory(options()));
        cluster.ask("n3", new Msg.Broadcast(7));
        cluster.advance(Duration.ofSeconds(5));
        long before = cluster.serverMessages();
        assertThat(before).isEqualTo(2 * 4);

        cluster.advance(Duration.ofMinutes(10));

        assertThat(cluster.serverMessages()).isEqualTo(before);
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
