package dev.gyre.maelstrom.nemesis;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes the clock of a node jump ahead by seconds, and run too fast or too slow by a few percent. For simulated nodes. */
final class ClockFault implements Fault {
    private static final int JUMP_MAX_MILLIS = 5_000;
    private static final double DRIFT_MAX = 0.05;

    private String victim = "";

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String begin(FaultTarget target, RandomGenerator random) {
        victim = target.nodes().get(random.nextInt(target.nodes().size()));
        var jump = Duration.ofMillis(random.nextInt(JUMP_MAX_MILLIS + 1));
        double rate = 1 + (2 * random.nextDouble() - 1) * DRIFT_MAX;
        target.simulated(victim).ifPresent(node -> node.skew(jump, rate));
        return String.format(Locale.ROOT, "of %s: %d ms ahead, rate %.3f", victim, jump.toMillis(), rate);
    }

    @Override
    public void end(FaultTarget target) {
        if (!victim.isEmpty()) {
            target.simulated(victim).ifPresent(node -> node.skew(Duration.ZERO, 1));
        }
    }
}
