package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Event;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedNodeTest {
    record Ping(int n) {}

    private final Timeline timeline = new Timeline();
    private final List<String> seen = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final SimulatedNetwork network = new SimulatedNetwork(
            timeline,
            Latency.constant(Duration.ofMillis(10)),
            new RandomStreams(1).fork("network"),
            new SimulatedNetwork.Observer() {
                @Override
                public void dropped(long number, Letter letter, String reason) {
                    dropped.add(letter.payload() + " " + reason);
                }
            });
    private final SimulatedNode<Ping, String> node = new SimulatedNode.Builder<>(
                    new SimulatedNode.Identity("n1", List.of("n0", "n1"), List.of()),
                    Ping.class,
                    this::service,
                    new RandomStreams(1),
                    (id, failure) -> seen.add(id + " failed"))
            .on(timeline, network::send);

    private Service<Ping, String> service(NodeContext<Ping, String> context) {
        context.timers().every(Duration.ofSeconds(1), "tick");
        return (event, out) -> {
            var at = timeline.nowNanos() / 1_000_000 + " ms";
            switch (event) {
                case Event.Received<Ping, String>(var message) ->
                    seen.add("ping " + message.payload().n() + " at " + at);
                case Event.Signal<Ping, String>(String signal) ->
                    seen.add(signal + " at " + at + " own " + context.nowNanos() / 1_000_000);
                case Event.EndOfInput<Ping, String>() -> seen.add("end");
            }
        };
    }

    @BeforeEach
    void attach() {
        network.attach("n1", node);
    }

    private void send(int n) {
        network.send(new Letter("n0", "n1", "ping", OptionalLong.empty(), OptionalLong.empty(), new Ping(n)));
    }

    private void runTo(long millis) {
        timeline.advanceTo(millis * 1_000_000);
    }

    @Test
    void messagesTakeTheirLatencyAndTimersFireOnTime() {
        node.start();
        send(1);
        runTo(1000);
        assertThat(seen).containsExactly("ping 1 at 10 ms", "tick at 1000 ms own 1000");
    }

    @Test
    void pausedNodeTakesEverythingLateAndInOrder() {
        node.start();
        node.pause();
        send(1);
        send(2);
        runTo(2500);
        assertThat(seen).isEmpty();
        node.resume();
        runTo(3000);
        assertThat(seen)
                .containsExactly(
                        "ping 1 at 2500 ms",
                        "ping 2 at 2500 ms",
                        "tick at 2500 ms own 2500",
                        "tick at 3000 ms own 3000");
    }

    @Test
    void crashedNodeTakesNothingAndStartsAnew() {
        node.start();
        send(1);
        node.crash();
        runTo(1500);
        assertThat(seen).isEmpty();
        assertThat(dropped).containsExactly("Ping[n=1] n1 is down");
        node.start();
        send(2);
        runTo(2500);
        assertThat(seen).containsExactly("ping 2 at 1510 ms", "tick at 2500 ms own 2500");
    }

    @Test
    void clockThatJumpsFiresTimersEarlyAndOneThatIsSlowFiresThemLate() {
        node.start();
        node.skew(Duration.ofMillis(600), 1);
        runTo(400);
        assertThat(seen).containsExactly("tick at 400 ms own 1000");
        seen.clear();
        node.skew(Duration.ZERO, 0.5);
        runTo(2400);
        assertThat(seen).containsExactly("tick at 2400 ms own 2000");
    }

    @Test
    void cutLossDuplicationAndSlowLinksDoWhatTheySay() {
        node.start();
        network.attach("n0", letter -> {});
        network.cut("test", "n0", "n1");
        send(1);
        runTo(20);
        network.heal();
        network.lose(1);
        send(2);
        runTo(40);
        network.lose(0);
        network.duplicate(1);
        send(3);
        runTo(60);
        network.duplicate(0);
        network.slow("n0", "n1", 5);
        send(4);
        runTo(200);
        assertThat(dropped).containsExactly("Ping[n=1] test", "Ping[n=2] loss");
        assertThat(seen).containsExactly("ping 3 at 50 ms", "ping 3 at 50 ms", "ping 4 at 110 ms");
    }

    @Test
    void lateReplyToAnEarlierLifeIsNotTakenForAReplyToThisOne() {
        var numbers = new ArrayList<Long>();
        var caller = new SimulatedNode.Builder<Ping, String>(
                        new SimulatedNode.Identity("n1", List.of("n0", "n1"), List.of()),
                        Ping.class,
                        context -> {
                            context.network()
                                    .rpc("n0", new Ping(numbers.size()), Duration.ofSeconds(1))
                                    .whenDone(outcome -> seen.add(outcome.toString()));
                            return (event, out) -> {};
                        },
                        new RandomStreams(1),
                        (id, failure) -> seen.add(id + " failed"))
                .on(timeline, letter -> numbers.add(letter.msgId().orElseThrow()));
        caller.start();
        caller.crash();
        caller.start();
        caller.receive(
                new Letter("n0", "n1", "ping", OptionalLong.empty(), OptionalLong.of(numbers.getFirst()), new Ping(7)));
        assertThat(seen).isEmpty();
        caller.receive(
                new Letter("n0", "n1", "ping", OptionalLong.empty(), OptionalLong.of(numbers.getLast()), new Ping(8)));
        assertThat(seen).hasSize(1).first().asString().contains("n=8");
    }
}
