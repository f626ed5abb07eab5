package dev.gyre.maelstrom.nemesis;

import dev.gyre.core.simulation.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A fault that befalls links between two nodes, each in one direction: from one of them to as many as there are nodes. */
final class LinkFault implements Fault {
    private final String name;
    private final OnLink strike;
    private final OnLink mend;
    private List<Link> victims = List.of();

    private record Link(String src, String dest) {
        @Override
        public String toString() {
            return src + ">" + dest;
        }
    }

    /** Does something to a link. */
    @FunctionalInterface
    interface OnLink {
        void apply(SimulatedNetwork network, String src, String dest);
    }

    LinkFault(String name, OnLink strike, OnLink mend) {
        this.name = name;
        this.strike = strike;
        this.mend = mend;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String begin(FaultTarget target, RandomGenerator random) {
        if (target.nodes().size() < 2) {
            return Choice.NO_LINKS;
        }
        var links = new ArrayList<Link>();
        int count = 1 + random.nextInt(target.nodes().size());
        while (links.size() < count) {
            var ends = Choice.shuffled(target.nodes(), random);
            links.add(new Link(ends.get(0), ends.get(1)));
        }
        victims = links.stream().distinct().toList();
        victims.forEach(link -> strike.apply(target.network(), link.src, link.dest));
        return Choice.group(victims.stream().map(Link::toString).toList());
    }

    @Override
    public void end(FaultTarget target) {
        victims.forEach(link -> mend.apply(target.network(), link.src, link.dest));
        victims = List.of();
    }
}
