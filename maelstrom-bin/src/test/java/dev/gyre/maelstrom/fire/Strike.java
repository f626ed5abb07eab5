package dev.gyre.maelstrom.fire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** What happens to nodes in a round. */
enum Strike {
    /** One node, each in its turn. */
    NEXT("one node"),
    /** Whoever leads. */
    LEADER("the leader"),
    /** More than half of them at once. */
    MAJORITY("a majority"),
    /** All of them at once. */
    ALL("all nodes"),
    /** One node, and again a moment after it was started. */
    TWICE("one node twice"),
    /** Whoever leads stands still, and goes on as if nothing had been. */
    PAUSE("a leader that stands still");

    private static final int DICE = 10;
    private final String text;

    Strike(String text) {
        this.text = text;
    }

    /** Most rounds take the nodes in turn. */
    static Strike draw(RandomGenerator random) {
        return switch (random.nextInt(DICE)) {
            case 0 -> LEADER;
            case 1 -> MAJORITY;
            case 2 -> ALL;
            case 3 -> TWICE;
            case 4 -> PAUSE;
            default -> NEXT;
        };
    }

    /** Whom it hits. */
    List<String> victims(List<String> nodes, int round, String leader, RandomGenerator random) {
        var next = nodes.get(round % nodes.size());
        return switch (this) {
            case NEXT, TWICE -> List.of(next);
            case LEADER, PAUSE -> List.of(nodes.contains(leader) ? leader : next);
            case ALL -> nodes;
            case MAJORITY -> {
                var mixed = new ArrayList<>(nodes);
                Collections.shuffle(mixed, new java.util.Random(random.nextLong()));
                yield mixed.subList(0, nodes.size() / 2 + 1);
            }
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
