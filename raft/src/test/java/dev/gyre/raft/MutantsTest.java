package dev.gyre.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.raft.core.CoreMutants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Simulation finds injected bugs; scenarios find the few that need a rare chain of events. The first few are hunted in each build; {@code
 * -Draft.mutants=all}, {@code core} or {@code service} hunts all of them, prints what finds each, and how many seeds that took.
 */
class MutantsTest {
    private static final String FULL = System.getProperty("raft.mutants", "");
    private static final int IN_EACH_BUILD = 3;
    private static final int SEEDS = Integer.getInteger("raft.mutantSeeds", FULL.isEmpty() ? 300 : 20_000);
    private static final Pattern SEED = Pattern.compile("seed (\\d+): .*");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void bugsOfTheCoreAreFound() throws Exception {
        hunt("core", CoreMutants.ALL, new MutantRunner(folder, "core.Sweep", "core.ScenarioFiles"));
    }

    @Test
    void bugsOfTheServiceAreFound() throws Exception {
        hunt("service", ServiceMutants.ALL, new MutantRunner(folder, "ServiceRun", "ServiceScenarios"));
    }

    /** Else any failure of the harness would pass for a bug that was found. */
    @Test
    void nothingIsFoundWhereThereIsNoBug() throws Exception {
        var none = new Mutant("none", "core/Tally", "final class Tally", "/* as it is */ final class Tally");
        assertThat(new MutantRunner(folder, "core.Sweep", "core.ScenarioFiles").hunt(none, 10))
                .isEmpty();
        assertThat(new MutantRunner(folder, "ServiceRun", "ServiceScenarios").hunt(none, 10))
                .isEmpty();
    }

    private static void hunt(String name, List<Mutant> mutants, MutantRunner runner) throws Exception {
        boolean isFull = FULL.equals("all") || FULL.equals(name);
        List<String> missed = new ArrayList<>();
        List<Long> seeds = new ArrayList<>();
        for (var mutant : isFull ? mutants : mutants.subList(0, IN_EACH_BUILD)) {
            var found = runner.hunt(mutant, SEEDS);
            if (isFull) {
                System.out.println(mutant.name() + ": " + (found.isEmpty() ? "NOT FOUND" : "found by " + found));
            }
            if (found.isEmpty()) {
                missed.add(mutant.name());
            }
            var seed = SEED.matcher(found);
            if (seed.matches()) {
                seeds.add(Long.parseLong(seed.group(1)));
            }
        }
        if (isFull) {
            Collections.sort(seeds);
            System.out.printf(
                    "%s: of %d mutants %d are found by seeds (median %d, largest %d), %d by scenarios, %d not%n",
                    name,
                    mutants.size(),
                    seeds.size(),
                    seeds.get(seeds.size() / 2),
                    seeds.getLast(),
                    mutants.size() - seeds.size() - missed.size(),
                    missed.size());
        }
        assertThat(missed)
                .as("%s: not found in %d seeds, nor by a scenario", name, SEEDS)
                .isEmpty();
    }
}
