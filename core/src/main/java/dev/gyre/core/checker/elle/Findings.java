package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.graph.Cycle;
import dev.gyre.core.checker.elle.graph.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Collects anomalies by type: the first few of each, and how many there are. */
final class Findings {
    /** How many of a type are kept: enough to see a pattern, and a broken system gives thousands. */
    static final int KEPT_MAX = 16;

    private final Map<AnomalyType, List<Finding>> kept = new EnumMap<>(AnomalyType.class);
    private final Map<AnomalyType, Integer> counts = new EnumMap<>(AnomalyType.class);

    /** Notes an anomaly. */
    void add(AnomalyType type, Finding finding) {
        var list = kept.computeIfAbsent(type, t -> new ArrayList<>());
        counts.merge(type, 1, Integer::sum);
        if (list.size() < KEPT_MAX) {
            list.add(finding);
        }
    }

    /** Notes cycles, told step by step. */
    void addCycles(List<Cycle> cycles, Function<Step, String> explain) {
        for (var cycle : cycles) {
            var steps = cycle.steps().stream().map(explain).toList();
            String text = String.join("; ", steps) + ": a cycle, so no order of these " + steps.size()
                    + " transactions explains what they did";
            add(AnomalyType.of(cycle.kind()), new Finding(cycle.vertices(), text, steps));
        }
    }

    /** The types found. */
    Set<AnomalyType> types() {
        return kept.keySet();
    }

    /** How many of a type there are; of cycles, how many were looked up. */
    int count(AnomalyType type) {
        return counts.getOrDefault(type, 0);
    }

    /** Those kept of a type, the smallest first. */
    List<Finding> of(AnomalyType type) {
        var list = new ArrayList<>(kept.getOrDefault(type, List.of()));
        list.sort(Comparator.comparingInt(finding -> finding.transactions().size()));
        return list;
    }
}
