package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node that is killed and starts again, as its peers and the journal see it. It is started, and never says a word. */
class ClusterTest implements NodeHost, SimulatedNetwork.Observer {
    private final Timeline timeline = new Timeline();
    private final SimulatedNetwork network =
            new SimulatedNetwork(timeline, Latency.constant(Duration.ZERO), new RandomStreams(1).fork("network"), this);
    private final List<String> seen = new ArrayList<>();
    private Optional<SimulatedNode<?, ?>> simulated = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private final Cluster cluster = new Cluster(
            List.of("n0"),
            this,
            network,
            new Client.Factory(network, timeline, new Problems(line -> {})),
            (node, sentence) -> seen.add(sentence));

    @Override
    public void dropped(long number, Letter letter, String reason) {
        seen.add("dropped " + letter.type() + ": " + reason);
    }

    @Override
    public Optional<String> start(String node) {
        return Optional.empty();
    }

    @Override
    public void kill(String node) {
        seen.add("killed " + node);
    }

    @Override
    public void pause(String node) {}

    @Override
    public void resume(String node) {}

    @Override
    public void deliver(String node, long number, Letter letter) {
        seen.add("delivered " + letter.type());
    }

    @Override
    public Optional<String> refusal(String node) {
        return refusal;
    }

    @Override
    public Optional<SimulatedNode<?, ?>> simulated(String node) {
        return simulated;
    }

    @Override
    public List<String> logTail(String node) {
        return List.of();
    }

    private void gossip() {
        network.send(Letter.ofBody("n1", "n0", Json.body("gossip")));
        timeline.advanceTo(timeline.nowNanos());
    }

    @Test
    void nodeHearsItsPeersAtItsFirstStartButNotWhenItIsDownOrStartsAgain() {
        cluster.start(() -> {});
        gossip();
        cluster.kill("n0");
        gossip();
        cluster.restart("n0");
        gossip();
        assertThat(seen)
                .containsExactly(
                        "delivered init",
                        "delivered gossip",
                        "killed n0",
                        "dropped gossip: n0 is down",
                        "delivered init",
                        "dropped gossip: n0 is starting");
    }

    @Test
    void silenceOfALifeThatWasKilledIsForgivenAndThatOfTheNextIsNot() {
        cluster.start(() -> {});
        cluster.kill("n0");
        timeline.advanceTo(Cluster.INIT_TIMEOUT_NANOS / 2);
        cluster.restart("n0");
        timeline.advanceTo(Cluster.INIT_TIMEOUT_NANOS + 1);
        assertThat(seen).noneMatch(line -> line.contains("did not answer"));
        timeline.advanceTo(2 * Cluster.INIT_TIMEOUT_NANOS);
        assertThat(seen).contains("Node n0 did not answer init within 10 s");
    }

    @Test
    void whatComesAfterRestartsComesWhenTheLastOfThemIsUp() {
        cluster.start(() -> {});
        cluster.kill("n0");
        cluster.restartAll(() -> seen.add("all are up"));
        timeline.advanceTo(Cluster.INIT_TIMEOUT_NANOS / 2);
        assertThat(seen).doesNotContain("all are up");
        network.send(Letter.ofBody("n0", "c1", Json.body("init_ok").put("in_reply_to", 1)));
        timeline.advanceTo(timeline.nowNanos());
        assertThat(seen).containsOnlyOnce("all are up");
        cluster.restartAll(() -> seen.add("none had to be started"));
        assertThat(seen).contains("none had to be started");
    }

    @Test
    void nodeThatEndsAgainWhileItStartsIsNotWaitedForForEver() {
        simulated = Optional.of(mock(SimulatedNode.class));
        cluster.start(() -> {});
        cluster.kill("n0");
        cluster.restartAll(() -> seen.add("none starts"));
        refusal = Optional.of("n0 has stopped");
        timeline.advanceTo(Cluster.INIT_TIMEOUT_NANOS - 1);
        assertThat(seen).doesNotContain("none starts");
        timeline.advanceTo(Cluster.INIT_TIMEOUT_NANOS + 1);
        assertThat(seen).contains("none starts");
    }

    @Test
    void nodesMayBeGivenLongerToAnswer() {
        cluster.initTimeout(Duration.ofSeconds(60));
        cluster.start(() -> {});
        timeline.advanceTo(Duration.ofSeconds(59).toNanos());
        assertThat(seen).noneMatch(line -> line.contains("did not answer"));
        timeline.advanceTo(Duration.ofSeconds(61).toNanos());
        assertThat(seen).contains("Node n0 did not answer init within 60 s");
    }

    @Test
    void nodeIsLiveOnceItIsInitialisedAndNotWhileItIsDown() {
        cluster.start(() -> {});
        assertThat(cluster.live()).isEmpty();
        network.send(Letter.ofBody("n0", "c0", Json.body("init_ok").put("in_reply_to", 1)));
        timeline.advanceTo(timeline.nowNanos());
        assertThat(cluster.live()).containsExactly("n0");
        cluster.kill("n0");
        assertThat(cluster.live()).isEmpty();
        cluster.restart("n0");
        assertThat(cluster.live()).isEmpty();
    }

    @Test
    void requestIsAnsweredByTheReplyOrByNothingInTime() {
        cluster.start(() -> {});
        var replies = new ArrayList<String>();
        cluster.ask("n0", Json.body("rescale"), 1_000, reply -> replies.add(reply.toString()));
        cluster.ask("n0", Json.body("rescale"), 1_000, reply -> replies.add(reply.toString()));
        network.send(Letter.ofBody("n0", "c2", Json.body("rescale_ok").put("in_reply_to", 1)));
        timeline.advanceTo(2_000);
        assertThat(replies).containsExactly("Optional[{\"type\":\"rescale_ok\",\"in_reply_to\":1}]", "Optional.empty");
        network.send(Letter.ofBody("n0", "c1", Json.body("rescale_ok").put("in_reply_to", 1)));
        timeline.advanceTo(timeline.nowNanos());
        assertThat(seen).endsWith("dropped rescale_ok: c1 is gone");
    }
}
