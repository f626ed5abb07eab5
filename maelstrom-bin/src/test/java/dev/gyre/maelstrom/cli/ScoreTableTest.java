package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.workload.Workloads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
    private static final Challenge.Stage CALM =
            Challenge.of("3d").orElseThrow().stages().getFirst();

    @Test
    void marksBelowTheirLimitsPass() {
        var table = new ScoreTable();
        table.add(CALM, results(Validity.VALID, 23.456f, 399, 599));

        assertThat(table.validity()).isEqualTo(Validity.VALID);
        assertThat(table.toString()).isEqualTo("""
                run   check                       figure  must be
                calm  verdict                     valid   valid    pass
                calm  server msgs-per-op          23.46   < 30     pass
                calm  stable latency, median, ms  399     < 400    pass
                calm  stable latency, max, ms     599     < 600    pass""");
    }

    @Test
    void aMarkAtItsLimitFails() {
        assertThat(score(Validity.VALID, 30, 1, 1)).isEqualTo(Validity.INVALID);
        assertThat(score(Validity.VALID, 1, 400, 1)).isEqualTo(Validity.INVALID);
        assertThat(score(Validity.VALID, 1, 1, 600)).isEqualTo(Validity.INVALID);
    }

    @Test
    void theVerdictCountsToo() {
        assertThat(score(Validity.INVALID, 1, 1, 1)).isEqualTo(Validity.INVALID);
        assertThat(score(Validity.UNKNOWN, 1, 1, 1)).isEqualTo(Validity.UNKNOWN);
    }

    @Test
    void aFigureThatIsMissingFails() {
        var table = new ScoreTable();
        table.add(CALM, new Results(Validity.VALID, List.of(), new LinkedHashMap<>()));

        assertThat(table.validity()).isEqualTo(Validity.INVALID);
        assertThat(table.toString()).contains("none");
    }

    @Test
    void challengesAskForWorkloadsThatThereAre() {
        for (var challenge : Challenge.ALL) {
            for (var stage : challenge.stages()) {
                assertThat(Workloads.names())
                        .contains(stage.arguments().get(stage.arguments().indexOf("-w") + 1));
            }
        }
        assertThat(Challenge.ids())
                .containsExactly("1", "2", "3a", "3b", "3c", "3d", "3e", "4", "5a", "5b", "5c", "6a", "6b", "6c");
    }

    @Test
    void theLogOnTwoNodesIsScoredByItsMessages() {
        var stage = Challenge.of("5c").orElseThrow().stages().getFirst();
        var cheap = new ScoreTable();
        cheap.add(stage, results(Validity.VALID, 3.9f, 0, 0));
        var dear = new ScoreTable();
        dear.add(stage, results(Validity.VALID, 4, 0, 0));

        assertThat(stage.arguments())
                .isEqualTo(Challenge.of("5b").orElseThrow().stages().getFirst().arguments());
        assertThat(cheap.validity()).isEqualTo(Validity.VALID);
        assertThat(dear.validity()).isEqualTo(Validity.INVALID);
    }

    private static Validity score(Validity validity, float messages, int median, int max) {
        var table = new ScoreTable();
        table.add(CALM, results(validity, messages, median, max));
        return table.validity();
    }

    private static Results results(Validity validity, float messages, int median, int max) {
        var map = new LinkedHashMap<String, Object>();
        map.put("net", Map.of("servers", Map.of("msgs-per-op", messages)));
        map.put("workload", Map.of("stable-latencies", Map.of("0", 0, "0.5", median, "1", max)));
        return new Results(validity, List.of(), map);
    }
}
