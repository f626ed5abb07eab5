package dev.gyre.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulation finds injected bugs; the few that need a rare chain of events, the scenarios find. The first few are hunted in each build; {@code -Draft.mutants=all} hunts all of them, and prints
 * the seed that finds each.
 */
class MutantsTest {
    private static final boolean IS_FULL =
            System.getProperty("raft.mutants", "").equals("all");
    private static final int IN_EACH_BUILD = 3;
    private static final int SEEDS = Integer.getInteger("raft.mutantSeeds", 300);

    @Test
    void injectedBugsAreFound(@TempDir Path folder) throws Exception {
        var runner = new MutantRunner(folder);
        List<String> missed = new ArrayList<>();
        for (var mutant : Mutant.ALL.subList(0, IS_FULL ? Mutant.ALL.size() : IN_EACH_BUILD)) {
            var found = runner.hunt(mutant, SEEDS);
            if (IS_FULL) {
                System.out.println(mutant.name() + ": " + (found.isEmpty() ? "NOT FOUND" : found));
            }
            if (found.isEmpty()) {
                missed.add(mutant.name());
            }
        }
        assertThat(missed).as("not found in %d seeds, nor by a scenario", SEEDS).isEmpty();
    }
}
