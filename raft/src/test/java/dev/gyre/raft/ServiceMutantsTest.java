package dev.gyre.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulation of services finds injected bugs. The first few are hunted in each build; {@code -Draft.service.mutants=all} hunts all of them, and
 * prints the seed that finds each.
 */
class ServiceMutantsTest {
    private static final boolean IS_FULL =
            System.getProperty("raft.service.mutants", "").equals("all");
    private static final int IN_EACH_BUILD = 3;
    private static final int SEEDS = Integer.getInteger("raft.service.mutantSeeds", 300);

    @Test
    void injectedBugsAreFound(@TempDir Path folder) throws Exception {
        var runner = new ServiceMutantRunner(folder);
        List<String> missed = new ArrayList<>();
        for (var mutant : ServiceMutant.ALL.subList(0, IS_FULL ? ServiceMutant.ALL.size() : IN_EACH_BUILD)) {
            if (!isFound(runner, mutant)) {
                missed.add(mutant.name());
            }
        }
        if (IS_FULL) {
            for (var mutant : ServiceMutant.UNSEEN) {
                isFound(runner, mutant);
            }
        }
        assertThat(missed).as("not found in %d seeds", SEEDS).isEmpty();
    }

    private static boolean isFound(ServiceMutantRunner runner, ServiceMutant mutant) throws Exception {
        var found = runner.hunt(mutant, SEEDS);
        if (IS_FULL) {
            System.out.println(mutant.name() + ": " + (found.isEmpty() ? "NOT FOUND" : found));
        }
        return !found.isEmpty();
    }
}
