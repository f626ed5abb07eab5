package dev.gyre.maelstrom.result;

import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.workload.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Counts how operations ended, in all and by kind. Every kind must have been served at least once. */
final class Stats {
    private final Tally all = new Tally();
    private final SequencedMap<String, Tally> byFunction = new TreeMap<>();

    private static final class Tally {
        private int ok;
        private int failed;
        private int unknown;

        int count() {
            return ok + failed + unknown;
        }

        void add(Operation<?, ?> operation) {
            if (operation.isOk()) {
                ok++;
            } else if (operation.isUnknown()) {
                unknown++;
            } else {
                failed++;
            }
        }

        SequencedMap<String, Object> toMap(Validity validity) {
            var map = new LinkedHashMap<String, Object>();
            map.put("valid?", Verdicts.value(validity));
            map.put("count", count());
            map.put("ok-count", ok);
            map.put("fail-count", failed);
            map.put("info-count", unknown);
            return map;
        }
    }

    private Stats() {}

    static <I, O> Stats of(Workload<I, O> workload, List<Operation<I, O>> history) {
        var stats = new Stats();
        for (var operation : history) {
            stats.all.add(operation);
            stats.byFunction
                    .computeIfAbsent(workload.function(operation.input()), absent -> new Tally())
                    .add(operation);
        }
        return stats;
    }

    /** Kinds of which no operation was served, in order. */
    List<String> neverServed() {
        return byFunction.entrySet().stream()
                .filter(entry -> entry.getValue().ok == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    Validity validity() {
        return Verdicts.of(neverServed().isEmpty());
    }

    int count() {
        return all.count();
    }

    /** The fraction of operations that were served; 1 when there were none. */
    double okFraction() {
        return all.count() == 0 ? 1 : (double) all.ok / all.count();
    }

    SequencedMap<String, Object> toMap() {
        var map = all.toMap(validity());
        var kinds = new LinkedHashMap<String, Object>();
        byFunction.forEach((function, tally) -> kinds.put(function, tally.toMap(Verdicts.of(tally.ok > 0))));
        map.put("by-f", kinds);
        return map;
    }
}
