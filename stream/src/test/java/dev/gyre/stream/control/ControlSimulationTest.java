package dev.gyre.stream.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A failure prints the seed: {@code -Dcontrol.seed=N -Dcontrol.seeds=1} runs it alone, and prints its log. */
class ControlSimulationTest {
    private static final long FIRST = Long.getLong("control.seed", 1);
    private static final int SEEDS = Integer.getInteger("control.seeds", 300);

    @Test
    void jobHoldsItsInvariantsAndSettlesWhenFaultsEnd() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            var simulation = new ControlSimulation(seed);
            try {
                simulation.run();
            } catch (AssertionError | RuntimeException e) {
                if (SEEDS == 1) {
                    simulation.lines().forEach(System.out::println);
                }
                throw new AssertionError("replay with -Dcontrol.seed=" + seed + " -Dcontrol.seeds=1", e);
            }
        }
    }

    @Test
    void sameSeedGivesTheSameRun() {
        var first = new ControlSimulation(17);
        var second = new ControlSimulation(17);
        first.run();
        second.run();
        assertThat(first.lines()).isEqualTo(second.lines()).hasSizeGreaterThan(20);
    }
}
