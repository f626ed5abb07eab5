package dev.gyre.maelstrom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.journal.JournalEntry.Dropped;
import dev.gyre.maelstrom.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final long LATENCY = 100;

    private final Timeline timeline = new Timeline();
    private final List<JournalEntry> journal = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final Network network = new Network(
            timeline, new Latency(Latency.Distribution.CONSTANT, LATENCY), new SplittableRandom(1), journal::add);

    @BeforeEach
    void attach() {
        for (var id : List.of("n0", "n1", "n2", "c0", "seq-kv")) {
            network.attach(
                    id,
                    message -> received.add(message.src() + ">" + id + " "
                            + message.body().path("type").asText() + "@" + timeline.nowNanos()));
        }
    }

    @Test
    void serversPayTheLatencyAndClientsDoNot() {
        send("n0", "n1");
        send("n0", "seq-kv");
        send("c0", "n1");
        send("n1", "c0");

        timeline.advanceTo(0);
        assertThat(received).containsExactly("c0>n1 hi@0", "n1>c0 hi@0");
        timeline.advanceTo(LATENCY);
        assertThat(received).endsWith("n0>n1 hi@100", "n0>seq-kv hi@100");
    }

    @Test
    void whetherALinkIsCutIsAskedOnArrival() {
        send("n0", "n1");
        timeline.advanceTo(50);
        network.cut("n0", "n1");
        send("n0", "n1");
        timeline.advanceTo(100);
        assertThat(received).isEmpty();

        network.heal();
        timeline.advanceTo(150);
        assertThat(received).containsExactly("n0>n1 hi@150");
    }

    @Test
    void aCutIsOneWay() {
        network.cut("n0", "n1");
        send("n0", "n1");
        send("n1", "n0");
        send("n2", "n1");

        timeline.advanceTo(LATENCY);

        assertThat(received).containsExactly("n1>n0 hi@100", "n2>n1 hi@100");
    }

    @Test
    void theJournalSaysWhyAMessageWasDropped() {
        network.cut("n0", "n1");
        network.attach("n2", new Endpoint() {
            @Override
            public void receive(Message message) {
                throw new AssertionError();
            }

            @Override
            public Optional<String> refusal() {
                return Optional.of("n2 is down");
            }
        });
        send("n0", "n1");
        send("n0", "n2");
        network.detach("c0");
        send("n0", "c0");

        timeline.advanceTo(LATENCY);

        assertThat(journal)
                .filteredOn(Dropped.class::isInstance)
                .extracting(entry -> entry.dest() + ": " + ((Dropped) entry).reason())
                .containsExactly("c0: c0 is gone", "n1: partition", "n2: n2 is down");
    }

    @Test
    void aMessageIsJournalledAsReceivedBeforeItsReplyAsSent() {
        network.attach("n1", message -> network.send("n1", "c0", Json.body("reply")));
        send("c0", "n1");

        timeline.advanceTo(0);

        assertThat(journal)
                .extracting(entry -> entry.getClass().getSimpleName() + " " + entry.messageId())
                .containsExactly("Sent 0", "Received 0", "Sent 1", "Received 1");
    }

    @Test
    void aDestinationNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> send("n0", "n9")).hasMessageContaining("n9");
        assertThat(journal).isEmpty();
    }

    @Test
    void countsTellClientsFromServers() {
        var counts = new NetworkCounts();
        send("n0", "n1");
        send("n0", "seq-kv");
        send("c0", "n1");
        network.cut("n0", "n1");
        timeline.advanceTo(LATENCY);
        journal.forEach(counts);

        assertThat(counts.clients()).isEqualTo(new NetworkCounts.Tally(1, 1));
        assertThat(counts.servers()).isEqualTo(new NetworkCounts.Tally(2, 1));
        assertThat(counts.all()).isEqualTo(new NetworkCounts.Tally(3, 2));
    }

    @Test
    void aLineHasTheNetworksIdAndTheBodyUnchanged() throws Exception {
        var body = Json.parse("{\"type\":\"x\",\"big\":123456789012345678901234567890,\"small\":1.10,\"e\":\"ü\"}");
        var line = new Message(4, "n0", "n1", (ObjectNode) body).toLine();

        assertThat(line)
                .isEqualTo("{\"id\":4,\"src\":\"n0\",\"dest\":\"n1\",\"body\":"
                        + "{\"type\":\"x\",\"big\":123456789012345678901234567890,\"small\":1.10,\"e\":\"ü\"}}");
    }

    private void send(String src, String dest) {
        network.send(src, dest, Json.body("hi"));
    }
}
