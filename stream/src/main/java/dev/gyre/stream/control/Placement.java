package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who polls what: a function of the partitions, of who had them, and of the workers. Each worker has its share of each source, give or take one;
 * what is left over goes to who has fewest of all sources together. A partition moves only if it must.
 */
final class Placement {
    /** What one worker has of a source, while it is shared out. */
    private record Share(int worker, List<String> held, int loadBefore) {}

    private Placement() {}

    /**
     * Shares a source out anew.
     *
     * @param owners of the partitions to be polled: the worker, or none that works any more
     * @param load how many partitions each worker has of other sources; what is given here is added. Its keys are the workers
     */
    static SortedMap<String, Integer> rebalance(SortedMap<String, Integer> owners, SortedMap<Integer, Integer> load) {
        var shares = new TreeMap<Integer, Share>();
        load.forEach((worker, before) -> shares.put(worker, new Share(worker, new ArrayList<>(), before)));
        var free = new ArrayList<String>();
        owners.forEach((partition, owner) -> {
            var share = shares.get(owner);
            (share == null ? free : share.held).add(partition);
        });
        int even = owners.size() / shares.size();
        int odd = owners.size() % shares.size();
        // Who has most keeps one more: so the fewest move.
        var order = new ArrayList<>(shares.values());
        order.sort(Comparator.comparingInt((Share share) -> -Math.min(share.held.size(), even + 1))
                .thenComparingInt(Share::loadBefore)
                .thenComparingInt(Share::worker));
        for (int i = 0; i < order.size(); i++) {
            var held = order.get(i).held;
            while (held.size() > even + (i < odd ? 1 : 0)) {
                free.add(held.removeLast());
            }
        }
        free.sort(Comparator.naturalOrder());
        for (int i = 0; i < order.size(); i++) {
            var held = order.get(i).held;
            while (held.size() < even + (i < odd ? 1 : 0)) {
                held.add(free.removeFirst());
            }
        }
        var placed = new TreeMap<String, Integer>();
        for (var share : order) {
            share.held.forEach(partition -> placed.put(partition, share.worker));
            load.merge(share.worker, share.held.size(), Integer::sum);
        }
        return placed;
    }

    /**
     * Gives one more partition to somebody; nothing moves.
     *
     * @param ofSource how many each worker has of its source; its keys are the workers
     * @param ofAll how many each worker has of all sources
     */
    static int place(SortedMap<Integer, Integer> ofSource, SortedMap<Integer, Integer> ofAll) {
        return ofSource.keySet().stream()
                .min(Comparator.comparingInt((Integer worker) -> ofSource.getOrDefault(worker, 0))
                        .thenComparingInt(worker -> ofAll.getOrDefault(worker, 0))
                        .thenComparingInt(worker -> worker))
                .orElseThrow();
    }
}
