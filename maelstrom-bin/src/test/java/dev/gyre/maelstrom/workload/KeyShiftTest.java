package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyShiftTest {
    @ParameterizedTest
    @CsvSource({
        "1,  1, '1'",
        "5,  5, '5'", // the default concurrency: all share
        "10, 5, '10'",
        "20, 5, '10 10'", // as in Maelstrom
        "7,  3, '4 3'",
        "13, 3, '5 4 4'",
        "25, 25, '13 12'", // never more than 20
        "3,  1, '2 1'"
    })
    void workersAreInGroupsOfTwoForEachNode(int workers, int nodes, String sizes) {
        var keys = new KeyShift(workers, nodes);
        var groups = new TreeMap<Long, Integer>();
        for (int worker = 0; worker < workers; worker++) {
            groups.merge(keys.keyOf(worker), 1, Integer::sum);
        }

        assertThat(groups.values().stream().map(String::valueOf).toList()).isEqualTo(List.of(sizes.split(" ")));
    }

    @Test
    void theTwentyFirstProcessOfAGroupBeginsTheNextKey() {
        var keys = new KeyShift(8, 2); // two groups of four
        var used = new ArrayList<Long>();
        for (int i = 0; i < 50; i++) {
            used.add(keys.keyOf(1));
            keys.newProcess(1, keys.keyOf(1));
        }

        assertThat(used.subList(0, 17)).containsOnly(0L);
        assertThat(used.subList(17, 34)).containsOnly(2L);
        assertThat(used.subList(34, 50)).containsOnly(3L);
        assertThat(keys.keyOf(7)).isEqualTo(1L);
    }

    @Test
    void whatIsUnknownOfAKeyThatWasLeftDoesNotCount() {
        var keys = new KeyShift(4, 2);
        for (int i = 0; i < 17; i++) {
            keys.newProcess(0, 0);
        }
        assertThat(keys.keyOf(0)).isEqualTo(1);
        for (int i = 0; i < 50; i++) {
            keys.newProcess(0, 0);
        }

        assertThat(keys.keyOf(0)).isEqualTo(1);
    }

    @Test
    void aWorkerBeyondThoseOfTheSettingsIsRejected() {
        assertThatThrownBy(() -> new KeyShift(4, 2).keyOf(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("worker 4 of 4");
    }
}
