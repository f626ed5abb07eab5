package dev.gyre.maelstrom.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NemesisTest {
    private static final long INTERVAL = 1_000;

    private final Timeline timeline = new Timeline();
    private final List<String> target = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final Nemesis nemesis =
            new Nemesis(timeline, new NoTarget(), INTERVAL, step -> times.add(timeline.nowNanos()));

    private final class Flood implements Fault {
        @Override
        public String name() {
            return "flood";
        }

        @Override
        public String begin(FaultTarget any, RandomGenerator random) {
            target.add("begin");
            return "of " + random.nextInt(1, 10);
        }

        @Override
        public void end(FaultTarget any) {
            target.add("end");
        }
    }

    private static final class NoTarget implements FaultTarget {
        @Override
        public List<String> nodes() {
            return List.of();
        }

        @Override
        public SimulatedNetwork network() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void kill(String node) {}

        @Override
        public void restart(String node) {}

        @Override
        public void pause(String node) {}

        @Override
        public void resume(String node) {}

        @Override
        public Optional<SimulatedNode<?, ?>> simulated(String node) {
            return Optional.empty();
        }
    }

    @Test
    void faultsBeginAtOnceAndAlternate() {
        start(1);
        assertThat(target).containsExactly("begin");
        assertThat(nemesis.active()).containsKey("flood");

        runUntil(50 * INTERVAL);

        for (int i = 0; i < target.size(); i++) {
            assertThat(target.get(i)).isEqualTo(i % 2 == 0 ? "begin" : "end");
        }
    }

    @Test
    void stepsAreTheIntervalApartOnAverageAndTwiceAtMost() {
        start(1);
        runUntil(1_000 * INTERVAL);

        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(0L, 2 * INTERVAL);
        }
        assertThat(times.size()).isBetween(900, 1_100);
    }

    @Test
    void stoppingRepairsWhatIsBrokenAndThenRests() {
        start(1);
        nemesis.stop();
        assertThat(target).containsExactly("begin", "end");
        assertThat(nemesis.active()).isEmpty();

        runUntil(10 * INTERVAL);
        assertThat(target).hasSize(2);
    }

    @Test
    void stoppingInACalmRepairsNothing() {
        start(1);
        while (!nemesis.active().isEmpty()) {
            timeline.advanceTo(timeline.nextNanos().orElseThrow());
        }
        nemesis.stop();

        assertThat(target).containsExactly("begin", "end");
    }

    @Test
    void theSeedFixesTheTimes() {
        start(5);
        runUntil(20 * INTERVAL);
        var first = List.copyOf(times);

        var again = new ArrayList<Long>();
        var other = new Timeline();
        new Nemesis(other, new NoTarget(), INTERVAL, step -> again.add(other.nowNanos()))
                .start(List.of(new Flood()), new RandomStreams(5));
        other.advanceTo(0);
        while (other.nextNanos().orElseThrow() <= 20 * INTERVAL) {
            other.advanceTo(other.nextNanos().orElseThrow());
        }

        assertThat(again).isEqualTo(first);
    }

    private void start(long seed) {
        nemesis.start(List.of(new Flood()), new RandomStreams(seed));
    }

    private void runUntil(long nanos) {
        while (timeline.nextNanos().isPresent() && timeline.nextNanos().getAsLong() <= nanos) {
            timeline.advanceTo(timeline.nextNanos().getAsLong());
        }
    }
}
