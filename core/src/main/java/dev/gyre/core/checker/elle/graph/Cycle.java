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
    /**
     * Takes a run of steps by process or real time together, for those orders are transitive; then turns the steps so
     * that the smallest vertex comes first, by which equal cycles are equal records.
     */
    static Cycle of(List<Step> walk) {
        int data = 0;
        while (walk.get(data).relation().isOrder()) {
            data++;
        }
        var steps = new ArrayList<Step>();
        for (var step : turned(walk, data)) {
            var last = steps.isEmpty() ? step : steps.getLast();
            if (last.relation().isOrder() && step.relation().isOrder()) {
                var relation = last.relation() == step.relation() ? step.relation() : Relation.REALTIME;
                steps.set(steps.size() - 1, new Step(last.from(), step.to(), relation, last.before(), step.after()));
            } else {
                steps.add(step);
            }
        }
        int smallest = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).from() < steps.get(smallest).from()) {
                smallest = i;
            }
        }
        var turned = turned(steps, smallest);
        return new Cycle(CycleKind.of(turned), turned);
    }

    private static List<Step> turned(List<Step> steps, int first) {
        var turned = new ArrayList<>(steps.subList(first, steps.size()));
        turned.addAll(steps.subList(0, first));
        return List.copyOf(turned);
    }

    /** Its vertices, in the order of the steps. */
    public List<Integer> vertices() {
        return steps.stream().map(Step::from).toList();
    }
}
