package dev.gyre.maelstrom.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault breaks something, and mends all that it broke. */
class FaultsTest implements FaultTarget, SimulatedNetwork.Observer {
    private final Timeline timeline = new Timeline();
    private final SimulatedNetwork network = new SimulatedNetwork(
            timeline, Latency.constant(Duration.ofMillis(10)), new RandomStreams(1).fork("network"), this);
    private final TreeSet<String> down = new TreeSet<>();
    private final TreeSet<String> paused = new TreeSet<>();
    private int lost;
    private int arrived;

    @Override
    public void received(long number, Letter letter) {
        arrived++;
    }

    @Override
    public void dropped(long number, Letter letter, String reason) {
        lost++;
    }

    @Override
    public List<String> nodes() {
        return List.of("n0", "n1", "n2", "n3", "n4");
    }

    @Override
    public SimulatedNetwork network() {
        return network;
    }

    @Override
    public void kill(String node) {
        down.add(node);
    }

    @Override
    public void restart(String node) {
        down.remove(node);
    }

    @Override
    public void pause(String node) {
        paused.add(node);
    }

    @Override
    public void resume(String node) {
        paused.remove(node);
    }

    @Override
    public Optional<SimulatedNode<?, ?>> simulated(String node) {
        return Optional.empty();
    }

    private static Fault fault(String name) {
        return Faults.named(name).orElseThrow();
    }

    /** Each node tells each other something ten times, within ten milliseconds. */
    private void talk() {
        lost = 0;
        arrived = 0;
        nodes().forEach(node -> network.attach(node, letter -> {}));
        for (int i = 0; i < 10; i++) {
            for (var src : nodes()) {
                for (var dest : nodes()) {
                    if (!src.equals(dest)) {
                        network.send(new Letter(src, dest, "hi", OptionalLong.empty(), OptionalLong.empty(), "hi"));
                    }
                }
            }
        }
        timeline.advanceTo(timeline.nowNanos() + 10_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "pause"})
    void nodesAreStruckAndMendedInEverySize(String name) {
        var sizes = new TreeMap<Integer, Integer>();
        var fault = fault(name);
        var random = new SplittableRandom(1);
        for (int i = 0; i < 400; i++) {
            var description = fault.begin(this, random);
            var struck = name.equals("kill") ? down : paused;
            assertThat(description).isEqualTo("[" + String.join(" ", struck) + "]");
            sizes.merge(struck.size(), 1, Integer::sum);
            fault.end(this);
            assertThat(struck).isEmpty();
        }
        assertThat(sizes.keySet()).containsExactly(1, 2, 3, 5);
        assertThat(sizes.get(1)).isGreaterThan(sizes.get(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"partition", "one-way", "slow", "clog", "loss", "duplicate"})
    void networkSuffersWhileAFaultOfItLastsAndNotAfterwards(String name) {
        var fault = fault(name);
        var random = new SplittableRandom(3);
        var seen = new ArrayList<Boolean>();
        for (int i = 0; i < 20; i++) {
            fault.begin(this, random);
            talk();
            seen.add(lost > 0 || arrived != 200);
            fault.end(this);
            timeline.advanceTo(timeline.nowNanos() + 1_000_000_000);
            talk();
            assertThat(List.of(lost, arrived)).isEqualTo(List.of(0, 200));
        }
        assertThat(seen).as("whether anything was lost, late or doubled").contains(true);
        assertThat(fault.begin(this, new SplittableRandom(5)))
                .isEqualTo(fault(name).begin(this, new SplittableRandom(5)));
    }

    static List<String> allNames() {
        var names = new ArrayList<>(Faults.names());
        names.addAll(Faults.simulatedNames());
        return names;
    }

    @ParameterizedTest
    @MethodSource("allNames")
    void faultIsKnownByItsNameAndEndsHarmlesslyWhenItNeverBegan(String name) {
        assertThat(fault(name).name()).isEqualTo(name);
        fault(name).end(this);
        assertThat(down).isEmpty();
    }

    @Test
    void oneWayCutLeavesTheOtherWay() {
        network.cut("one-way", "n0", "n1");
        talk();
        assertThat(lost).isEqualTo(10);
    }
}
