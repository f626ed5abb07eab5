package dev.gyre.raft;

import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Report;
import dev.gyre.core.simulation.SimulatedClient;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.raft.HostMessage.HostChange;
import dev.gyre.raft.HostMessage.HostPropose;
import dev.gyre.raft.HostMessage.HostRead;
import dev.gyre.raft.HostMessage.HostTransfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One seed: services with groups in them under faults, with clients that propose, read, change members and leaders everywhere; then it must serve. */
final class ServiceRun {
    private static final Duration CHAOS = Duration.ofSeconds(5);
    private static final Duration SETTLE = Duration.ofSeconds(4);
    private static final Duration FORGET = Duration.ofMillis(1);

    private final long seed;
    private final ServicePlan plan;
    private final ServiceWorld world;

    ServiceRun(long seed) {
        this.seed = seed;
        this.plan = ServicePlan.draw(seed);
        this.world = new ServiceWorld(plan);
    }

    ServicePlan plan() {
        return plan;
    }

    Map<String, Long> counts() {
        return world.counts();
    }

    /** Runs it, once. */
    Report run() {
        return Simulation.<HostMessage, Runnable>of(HostMessage.class, node -> new GroupHost(node, world))
                .nodes(plan.nodes())
                .latency(Latency.exponential(Duration.ofMillis(plan.latencyMillis())))
                .faults(plan.faults())
                .chaos(CHAOS)
                .settle(SETTLE)
                .run(seed, this::play);
    }

    /** The first seed from 1 that does not hold, and why; empty if all hold. */
    static String firstFailure(int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                new ServiceRun(seed).run();
            } catch (RuntimeException | AssertionError failure) {
                var cause = failure.getCause() == null ? failure : failure.getCause();
                return "seed " + seed + ": "
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            }
        }
        return "";
    }

    private void play(SimulationRun<HostMessage> run) {
        var client = run.client();
        var random = run.random();
        run.every(Duration.ofMillis(20), () -> {
            var group = any(run, plan.groups());
            int bytes = plan.valueBytesMax() == 0 ? 0 : random.nextInt(plan.valueBytesMax());
            if (random.nextInt(40) == 0) {
                bytes = 130;
            }
            client.call(run.anyNode(), new HostPropose(group, 1 + random.nextInt(plan.burstMax()), bytes), FORGET);
            client.call(run.anyNode(), new HostRead(any(run, plan.groups()), 1 + random.nextInt(2)), FORGET);
        });
        switch (plan.kind()) {
            case CALM -> {}
            case PLAIN, CHURN -> run.every(Duration.ofMillis(600), () -> changeSomething(run, client));
            case RESTLESS -> run.every(Duration.ofMillis(120), () -> transfer(run, client));
            case LATE -> new LateWeather(run, world).play(() -> transfer(run, client));
            case FLOOD ->
                run.every(Duration.ofSeconds(2), () -> {
                    client.call(run.anyNode(), new HostPropose(any(run, plan.groups()), ServicePlan.FLOOD, 0), FORGET);
                    transfer(run, client);
                });
        }
        run.whenSettled(world::settled);
        run.whenSettled(() -> plan.groups().forEach(group -> serveAgain(run, group)));
        run.check(() -> plan.groups().forEach(world::requireHealed));
    }

    private void changeSomething(SimulationRun<HostMessage> run, SimulatedClient<HostMessage> client) {
        var random = run.random();
        if (plan.kind() == ServicePlan.Kind.CHURN && random.nextInt(3) != 0) {
            var group = any(run, plan.groups());
            var voters = someOf(run);
            var learners = run.nodeIds().stream()
                    .filter(node -> !voters.contains(node) && random.nextInt(3) == 0)
                    .toList();
            run.nodeIds().forEach(node -> client.call(node, new HostChange(group, voters, learners), FORGET));
        } else {
            transfer(run, client);
        }
    }

    private void transfer(SimulationRun<HostMessage> run, SimulatedClient<HostMessage> client) {
        var group = any(run, plan.groups());
        var target = run.anyNode();
        run.nodeIds().forEach(node -> client.call(node, new HostTransfer(group, target), FORGET));
    }

    private void serveAgain(SimulationRun<HostMessage> run, String group) {
        var client = run.client();
        for (var member : world.members(group)) {
            client.call(member, new HostPropose(group, 1, 10), FORGET);
            client.call(member, new HostRead(group, 2), FORGET);
        }
    }

    private static String any(SimulationRun<HostMessage> run, List<String> of) {
        return of.get(run.random().nextInt(of.size()));
    }

    private List<String> someOf(SimulationRun<HostMessage> run) {
        List<String> left = new ArrayList<>(run.nodeIds());
        int count = 1 + run.random().nextInt(plan.nodes());
        while (left.size() > count) {
            left.remove(run.random().nextInt(left.size()));
        }
        return left;
    }
}
