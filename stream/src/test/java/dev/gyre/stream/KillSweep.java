package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Kills each node behind each message of each operation, one in a run, and counts what becomes of the operation: see {@link KillRun}. */
final class KillSweep {
    /** Back before anybody takes it for lost, and before another leader is elected. */
    private static final Duration SHORT = Duration.ofMillis(30);
    /** Back when it was taken for lost long ago. */
    private static final Duration LONG = Duration.ofMillis(1200);

    /** A leader is killed so many times as often: it takes fewer messages, and each may be a decision. */
    private static final int LEADER_SHARE = 10;

    private final Map<String, EnumMap<KillOutcome, Integer>> table = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final int stride;
    private final int mostFailures;
    private int kills;

    private KillSweep(int stride, int mostFailures) {
        this.stride = stride;
        this.mostFailures = mostFailures;
    }

    /**
     * Kills behind some messages.
     *
     * @param stride behind each message: 1; n: behind one of n, not the same ones for each victim, and more of a leader's
     */
    static KillSweep of(int stride) {
        return of(stride, 20); // more of them would say no more
    }

    private static KillSweep of(int stride, int mostFailures) {
        var sweep = new KillSweep(stride, mostFailures);
        for (var operation : KillPlan.Kind.values()) {
            sweep.sweep(KillPlan.unbroken(operation, false));
            sweep.sweep(KillPlan.unbroken(operation, true));
        }
        return sweep;
    }

    /** For the hunt for mistakes: why the first of some runs fails; empty when none does. */
    static String firstFailure(int stride) {
        return of(stride, 1).failures().stream()
                .findFirst()
                .map(failure -> "seed 1: " + failure)
                .orElse("");
    }

    /** The runs that did not hold, each in a line. */
    List<String> failures() {
        return failures;
    }

    /** How often what became of the operation when a node was killed. */
    Map<String, EnumMap<KillOutcome, Integer>> table() {
        return table;
    }

    int kills() {
        return kills;
    }

    private void sweep(KillPlan plan) {
        if (failures.size() >= mostFailures) {
            return;
        }
        KillRun unbroken;
        try {
            unbroken = KillRun.of(plan);
            assertThat(unbroken.outcome()).isEqualTo(KillOutcome.SAME_LEADER);
        } catch (AssertionError failure) {
            failures.add(plan + ": " + failure.getMessage());
            return;
        }
        for (int node = 0; node < KillPlan.NODES; node++) {
            var role = plan.role(node, unbroken.leader());
            if (!role.isEmpty()) {
                for (var away : List.of(SHORT, LONG)) {
                    var boundaries = unbroken.boundaries("n" + node);
                    int step = node == unbroken.leader() ? Math.max(1, stride / LEADER_SHARE) : stride;
                    for (int i = kills % step; i < boundaries.size(); i += step) {
                        kill(plan.killing("n" + node, boundaries.get(i), away), role);
                    }
                }
            }
        }
    }

    private void kill(KillPlan plan, String role) {
        if (failures.size() >= mostFailures) {
            return;
        }
        kills++;
        try {
            var row = plan.operation() + ", " + role + ", for " + plan.away().toMillis() + " ms";
            table.computeIfAbsent(row, absent -> new EnumMap<>(KillOutcome.class))
                    .merge(KillRun.of(plan).outcome(), 1, Integer::sum);
        } catch (AssertionError failure) {
            failures.add(plan + ": " + failure.getMessage());
        }
    }

    /** The table, for a person: a line for each operation, victim and time away. */
    @Override
    public String toString() {
        return table.entrySet().stream()
                .map(row -> "%-48s %s%n"
                        .formatted(
                                row.getKey(),
                                row.getValue().entrySet().stream()
                                        .map(count -> count.getValue() + " " + count.getKey())
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
    }
}
