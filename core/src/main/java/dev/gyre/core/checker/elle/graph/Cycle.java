package dev.gyre.core.checker.elle.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A cycle: each step begins where the one before it ends, the first where the last ends, and no vertex comes twice.
 *
 * @param kind what kind of cycle it is
 * @param steps its edges
 */
public record Cycle(CycleKind kind, List<Step> steps) {
    /** Turns the steps so that the smallest vertex comes first, by which equal cycles are equal records. */
    static Cycle of(List<Step> steps) {
        int smallest = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).from() < steps.get(smallest).from()) {
                smallest = i;
            }
        }
        var turned = new ArrayList<>(steps.subList(smallest, steps.size()));
        turned.addAll(steps.subList(0, smallest));
        return new Cycle(CycleKind.of(turned), List.copyOf(turned));
    }

    /** Its vertices, in the order of the steps. */
    public List<Integer> vertices() {
        return steps.stream().map(Step::from).toList();
    }
}
