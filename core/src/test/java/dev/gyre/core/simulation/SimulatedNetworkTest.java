package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest implements SimulatedNetwork.Observer {
    private static final long LATENCY = 100;

    private final Timeline timeline = new Timeline();
    private final List<String> seen = new ArrayList<>();
    private final SimulatedNetwork network = new SimulatedNetwork(
            timeline, new Latency(Latency.Distribution.CONSTANT, LATENCY), new RandomStreams(1).fork("network"), this);

    @Override
    public void received(long number, Letter letter) {
        seen.add(number + " " + letter.src() + ">" + letter.dest() + "@" + timeline.nowNanos());
    }

    @Override
    public void dropped(long number, Letter letter, String reason) {
        seen.add(number + " " + reason);
    }

    @BeforeEach
    void attach() {
        for (var id : List.of("n0", "n1", "n2", "c0", "seq-kv")) {
            network.attach(id, letter -> {});
        }
    }

    private void send(String src, String dest) {
        network.send(new Letter(src, dest, "hi", OptionalLong.empty(), OptionalLong.empty(), "hi"));
    }

    @Test
    void serversPayTheLatencyAndClientsDoNot() {
        send("n0", "n1");
        send("n0", "seq-kv");
        send("c0", "n1");
        send("n1", "c0");
        timeline.advanceTo(LATENCY);
        assertThat(seen).containsExactly("2 c0>n1@0", "3 n1>c0@0", "0 n0>n1@100", "1 n0>seq-kv@100");
    }

    @Test
    void whetherALinkIsCutIsAskedOnArrival() {
        send("n0", "n1");
        timeline.advanceTo(50);
        network.cut("partition", "n0", "n1");
        send("n0", "n1");
        timeline.advanceTo(120);
        network.heal();
        timeline.advanceTo(150);
        assertThat(seen).containsExactly("0 partition", "1 n0>n1@150");
    }

    @Test
    void cutIsOneWayAndLastsUntilEachOfItsCausesIsMended() {
        network.cut("partition", "n0", "n1");
        network.cut("one-way", "n0", "n1");
        send("n1", "n0");
        send("n0", "n1");
        timeline.advanceTo(100);
        network.mend("partition");
        send("n0", "n1");
        timeline.advanceTo(200);
        network.mend("one-way");
        send("n0", "n1");
        timeline.advanceTo(300);
        assertThat(seen).containsExactly("0 n1>n0@100", "1 one-way", "2 one-way", "3 n0>n1@300");
    }

    @Test
    void cloggedLinkHoldsUpAndLosesNothing() {
        network.clog("n0", "n1");
        send("n0", "n1");
        send("n0", "n1");
        send("n1", "n0");
        timeline.advanceTo(200);
        network.unclog("n0", "n1");
        network.unclog("n0", "n1");
        network.clog("n0", "n1");
        send("n0", "n1");
        timeline.advanceTo(300);
        network.heal();
        assertThat(seen).containsExactly("2 n1>n0@100", "0 n0>n1@200", "1 n0>n1@200", "3 n0>n1@300");
    }

    @Test
    void factorOfOneEndsSlowness() {
        network.slow("n0", "n1", 3);
        send("n0", "n1");
        network.slow("n0", "n1", 1);
        send("n0", "n1");
        timeline.advanceTo(300);
        assertThat(seen).containsExactly("1 n0>n1@100", "0 n0>n1@300");
    }

    @Test
    void droppedMessagesSayWhy() {
        network.attach("n2", new SimulatedNetwork.Endpoint() {
            @Override
            public void receive(Letter letter) {
                throw new AssertionError();
            }

            @Override
            public Optional<String> refusal(Letter letter) {
                return Optional.of("n2 is down");
            }
        });
        send("n0", "n2");
        network.detach("c0");
        send("n0", "c0");
        timeline.advanceTo(LATENCY);
        network.lose(1);
        send("n0", "n1");
        assertThat(seen).containsExactly("1 c0 is gone", "0 n2 is down", "2 loss");
    }

    @Test
    void destinationNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> send("n0", "n9")).hasMessageContaining("nobody is called n9");
    }

    @Test
    void faultsSpareServicesAndClients() {
        network.lose(1);
        send("n0", "seq-kv");
        send("c0", "n0");
        timeline.advanceTo(LATENCY);
        assertThat(seen).hasSize(2).noneMatch(line -> line.endsWith("loss"));
    }
}
