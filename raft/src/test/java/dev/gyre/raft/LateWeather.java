package dev.gyre.raft;

import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.SimulationRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Faults that make copies of messages come late: half of all messages are doubled, links in turn are so slow that an original and its copy come far
 * apart, and meanwhile leadership moves on, by hand or because a leader crashes and is back at once.
 */
final class LateWeather {
    private static final Duration MOVE = Duration.ofMillis(150);
    private static final Duration DOWN = Duration.ofMillis(20);
    private static final double COPIED = 0.5;
    private static final int SLOWNESS_MIN = 5;
    private static final int SLOWNESS_RANGE = 50;

    private final SimulationRun<HostMessage> run;
    private final ServiceWorld world;
    private List<String> slow = List.of();

    LateWeather(SimulationRun<HostMessage> run, ServiceWorld world) {
        this.run = run;
        this.world = world;
    }

    /** From now on, as long as faults go on. */
    void play(Runnable transfer) {
        run.inject(new Fault.Duplication(COPIED));
        run.every(MOVE, () -> {
            slowAnother();
            if (run.random().nextInt(3) == 0) {
                crashLeader();
            } else {
                transfer.run();
            }
        });
    }

    private void slowAnother() {
        if (!slow.isEmpty()) {
            run.inject(new Fault.SlowLink(slow.getFirst(), slow.getLast(), 1));
        }
        List<String> left = new ArrayList<>(run.nodeIds());
        var src = left.remove(run.random().nextInt(left.size()));
        slow = List.of(src, left.get(run.random().nextInt(left.size())));
        run.inject(new Fault.SlowLink(
                slow.getFirst(), slow.getLast(), SLOWNESS_MIN + run.random().nextInt(SLOWNESS_RANGE)));
    }

    private void crashLeader() {
        var groups = world.plan().groups();
        world.leader(groups.get(run.random().nextInt(groups.size())))
                .flatMap(status -> status.leadership().leader())
                .ifPresent(leader -> {
                    run.inject(new Fault.Crash(leader));
                    run.after(DOWN, () -> run.inject(new Fault.Restart(leader)));
                });
    }
}
