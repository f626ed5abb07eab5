package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.report.OperationView.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Operations grouped by what they are, one panel of a chart each. */
final class ByFunction {
    /** No workload of Maelstrom has more kinds of operation; with more panels, none could be read. */
    static final int GROUPS_MAX = 8;

    private static final String OTHERS = "others";

    private ByFunction() {}

    /** The operations by their {@code f}, in order of first appearance; from the eighth on, together as others. */
    static SequencedMap<String, List<OperationView>> group(List<OperationView> operations) {
        var groups = new LinkedHashMap<String, List<OperationView>>();
        for (OperationView operation : operations) {
            boolean room = groups.containsKey(operation.f()) || groups.size() < GROUPS_MAX - 1;
            groups.computeIfAbsent(room ? operation.f() : OTHERS, f -> new ArrayList<>())
                    .add(operation);
        }
        return groups;
    }

    /** How many operations ended in each way, such as {@code 980 ok, 3 failed}. */
    static String tally(List<OperationView> operations) {
        var counts = new EnumMap<Kind, Integer>(Kind.class);
        operations.forEach(operation -> counts.merge(operation.kind(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map((Map.Entry<Kind, Integer> entry) ->
                        Numbers.count(entry.getValue()) + " " + entry.getKey().label())
                .reduce((left, right) -> left + ", " + right)
                .orElse("none");
    }

    /** When the last operation completed, in nanoseconds; a second for a run in which nothing did, so that a chart has a width. */
    static long endNanos(List<OperationView> operations) {
        long last = operations.stream().mapToLong(OperationView::completedNanos).reduce(0, Math::max);
        return last > 0 ? last : 1_000_000_000;
    }
}
