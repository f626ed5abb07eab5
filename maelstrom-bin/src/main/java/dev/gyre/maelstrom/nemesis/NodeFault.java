package dev.gyre.maelstrom.nemesis;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** A fault that befalls nodes, each for itself: one of them, a minority, a majority, or all. */
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
        int struck = switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> Math.max(1, (count - 1) / 2);
            case 2 -> count / 2 + 1;
            default -> count;
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
