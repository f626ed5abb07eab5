package dev.gyre.stream.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static SortedMap<Integer, Integer> loads(Integer... workers) {
        var load = new TreeMap<Integer, Integer>();
        List.of(workers).forEach(worker -> load.put(worker, 0));
        return load;
    }

    private static SortedMap<String, Integer> owned(Map<String, Integer> owners) {
        return new TreeMap<>(owners);
    }

    @Test
    void partitionMovesOnlyIfItMust() {
        var before = owned(Map.of("a", 1, "b", 1, "c", 2, "d", 2, "e", 2));
        assertThat(Placement.rebalance(before, loads(1, 2))).isEqualTo(before);
        assertThat(Placement.rebalance(before, loads(1, 2, 3)))
                .containsEntry("a", 1)
                .containsEntry("b", 1)
                .containsEntry("c", 2)
                .containsEntry("d", 2)
                .containsEntry("e", 3);
    }

    @Test
    void partitionsOfWorkersThatLeftAreSharedOut() {
        var before = owned(Map.of("a", 1, "b", 2, "c", 3, "d", 3));
        assertThat(Placement.rebalance(before, loads(1, 2)))
                .containsExactly(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 1), Map.entry("d", 2));
    }

    @Test
    void oddPartitionGoesToWhoHasFewestOfOtherSources() {
        var load = loads(1, 2);
        assertThat(Placement.rebalance(owned(Map.of("a", Partitions.NOBODY)), load))
                .containsEntry("a", 1);
        assertThat(Placement.rebalance(owned(Map.of("a", Partitions.NOBODY)), load))
                .containsEntry("a", 2);
        assertThat(load).containsEntry(1, 1).containsEntry(2, 1);
    }

    @Test
    void newPartitionGoesToWhoHasFewest() {
        var own = loads(1, 2);
        var all = loads(1, 2);
        own.put(1, 2);
        own.put(2, 1);
        all.put(2, 9);
        assertThat(Placement.place(own, all)).isEqualTo(2);
        own.put(2, 2);
        assertThat(Placement.place(own, all)).isEqualTo(1);
    }
}
