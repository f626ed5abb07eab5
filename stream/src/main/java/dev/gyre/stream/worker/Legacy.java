package dev.gyre.stream.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What workers that have left had prepared and could not show: the next snapshot that is committed has it, and then it is shown here. */
final class Legacy {
    private final TreeMap<Long, TreeSet<Integer>> left = new TreeMap<>();
    private final TreeMap<String, List<Object>> waiting = new TreeMap<>();
    private final TreeMap<Long, TreeMap<String, List<Object>>> taken = new TreeMap<>();

    /** A worker has left with a rescale. */
    void left(long version, int worker, Map<String, Object> prepared) {
        left.headMap(version).clear();
        left.computeIfAbsent(version, absent -> new TreeSet<>()).add(worker);
        prepared.forEach((sink, one) ->
                waiting.computeIfAbsent(sink, absent -> new ArrayList<>()).add(one));
    }

    boolean hasAll(long version, Collection<Integer> leavers) {
        return left.getOrDefault(version, new TreeSet<>()).containsAll(leavers);
    }

    /** What belongs to a snapshot of a sink. */
    List<Object> take(long snapshot, String sink) {
        var now = waiting.getOrDefault(sink, List.of());
        taken.computeIfAbsent(snapshot, absent -> new TreeMap<>()).put(sink, List.copyOf(now));
        return now;
    }

    /** What is to be shown of a sink when a snapshot is committed. */
    List<Object> committed(long snapshot, String sink) {
        var all = new ArrayList<Object>();
        taken.headMap(snapshot, true).values().forEach(bySink -> all.addAll(bySink.getOrDefault(sink, List.of())));
        taken.headMap(snapshot, true).values().forEach(bySink -> bySink.remove(sink));
        var still = waiting.get(sink);
        if (still != null) {
            still.removeAll(all);
        }
        return all;
    }
}
