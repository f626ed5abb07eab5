package dev.gyre.maelstrom.nemesis;

import java.util.random.RandomGenerator;

/** Cuts nodes from nodes, in a random shape. Clients and services stay reachable. */
public final class PartitionFault implements Fault {
    @Override
    public String name() {
        return "partition";
    }

    @Override
    public String begin(FaultTarget target, RandomGenerator random) {
        if (target.nodes().size() < 2) {
            return Choice.NO_LINKS;
        }
        var shapes = PartitionShape.values();
        return shapes[random.nextInt(shapes.length)].apply(
                target.nodes(), (src, dest) -> target.network().cut(name(), src, dest), random);
    }

    @Override
    public void end(FaultTarget target) {
        target.network().mend(name());
    }
}
