package dev.gyre.maelstrom.nemesis;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** A fault that befalls nodes, each for itself: one of them or a minority most often, now and then a majority, or all. */
final class NodeFault implements Fault {
    private final String name;
    private final BiConsumer<FaultTarget, String> strike;
    private final BiConsumer<FaultTarget, String> mend;
    private List<String> victims = List.of();

    NodeFault(String name, BiConsumer<FaultTarget, String> strike, BiConsumer<FaultTarget, String> mend) {
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
        var nodes = Choice.shuffled(target.nodes(), random);
        int count = nodes.size();
        int struck = switch (random.nextInt(8)) {
            case 0 -> count;
            case 1 -> count / 2 + 1;
            case 2, 3, 4 -> Math.max(1, (count - 1) / 2);
            default -> 1;
        };
        victims = List.copyOf(nodes.subList(0, struck));
        victims.forEach(node -> strike.accept(target, node));
        return Choice.group(victims);
    }

    @Override
    public void end(FaultTarget target) {
        victims.forEach(node -> mend.accept(target, node));
        victims = List.of();
    }
}
