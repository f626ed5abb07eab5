package dev.gyre.maelstrom.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.Validity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Simulation finds the mutants soon, and accuses no right node meanwhile. {@link MutantBenchmark} says how soon. */
class MutantsTest {
    /** Half as much again as the slowest of them takes. */
    private static final int SEEDS_MAX = 40;

    private static final int SEEDS_MIN = 10;

    static Stream<String> workloads() {
        return Hunt.mutants().stream().map(Mutant::workload).distinct();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void mutantsAreFoundByTheirAnomalyAndTheRightNodeIsNotAccused(String workload) {
        int used = SEEDS_MIN;
        for (var mutant : Hunt.mutants()) {
            if (mutant.workload().equals(workload) && !mutant.isRare()) {
                var hunt = Hunt.of(mutant, 1, SEEDS_MAX);
                assertThat(hunt.seeds())
                        .as("seeds that it took to find %s; %s", mutant, hunt.sentence())
                        .isPresent();
                used = Math.max(used, hunt.seeds().orElse(SEEDS_MAX));
            }
        }
        for (long seed = 1; seed <= used; seed++) {
            var results = Bed.run(workload, Bed.right(workload), seed);
            assertThat(results.validity() == Validity.INVALID ? results.sentences() : List.of())
                    .as("right node of %s, seed %d", workload, seed)
                    .isEmpty();
        }
    }
}
