package dev.gyre.maelstrom.nemesis;

import dev.gyre.core.simulation.SimulatedNetwork;
import java.util.function.ObjDoubleConsumer;
import java.util.random.RandomGenerator;

/** A fault that befalls a share of all messages between nodes: from none to {@value #SHARE_MAX} of them. */
final class ShareFault implements Fault {
    private static final double SHARE_MAX = 0.3;

    private final String name;
    private final ObjDoubleConsumer<SimulatedNetwork> set;

    ShareFault(String name, ObjDoubleConsumer<SimulatedNetwork> set) {
        this.name = name;
        this.set = set;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String begin(FaultTarget target, RandomGenerator random) {
        double share = random.nextDouble() * SHARE_MAX;
        set.accept(target.network(), share);
        return "of " + Math.round(share * 100) + " % of messages between nodes";
    }

    @Override
    public void end(FaultTarget target) {
        set.accept(target.network(), 0);
    }
}
