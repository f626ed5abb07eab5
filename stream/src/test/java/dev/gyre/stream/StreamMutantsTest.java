package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.MutantHunt.Mutant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulation finds injected mistakes. {@code -Dstream.mutants=all} tries many more seeds, and prints how many each mistake took. */
class StreamMutantsTest {
    private static final boolean IS_FULL =
            System.getProperty("stream.mutants", "").equals("all");
    private static final String RESCALES = "worker.RescaleRun";
    private static final String CRASHES = "JobRun";
    private static final String LINKS = "LinkedJobRun";
    private static final String INTAKES = "exchange.IntakeRun";
    private static final String OUTLETS = "operator.OutletRun";
    private static final String STORES = "StoredJobRun";
    private static final Pattern SEED = Pattern.compile("seed (\\d+): .*", Pattern.DOTALL);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void mistakesInRescalesAreFound() throws Exception {
        hunt(StreamMutants.OF_RESCALES, RESCALES, IS_FULL ? 20_000 : 200);
        if (IS_FULL) {
            hunt(StreamMutants.RARE_OF_RESCALES, RESCALES, 20_000);
        }
    }

    @Test
    void mistakesInRecoveryAreFound() throws Exception {
        hunt(StreamMutants.OF_CRASHES, CRASHES, IS_FULL ? 1000 : 30);
        if (IS_FULL) {
            hunt(StreamMutants.RARE_OF_CRASHES, CRASHES, 1000);
        }
    }

    @Test
    void mistakesInCarryingFramesAreFound() throws Exception {
        hunt(StreamMutants.OF_LINKS, LINKS, IS_FULL ? 1000 : 30);
    }

    @Test
    void mistakesAtTheEndAreFound() throws Exception {
        hunt(StreamMutants.OF_ENDS, LINKS, 30);
    }

    @Test
    void mistakesOfOneEndOfAnEdgeAreFound() throws Exception {
        hunt(StreamMutants.OF_INTAKES, INTAKES, 2000);
        hunt(StreamMutants.OF_OUTLETS, OUTLETS, 2000);
    }

    @Test
    void mistakesInRollingForwardAreFound() throws Exception {
        hunt(StreamMutants.OF_KILLS, "KillSweep", 30);
    }

    @Test
    void mistakesInReplicatedSnapshotsAreFound() throws Exception {
        hunt(StreamMutants.OF_STORES, STORES, IS_FULL ? 1000 : 60);
    }

    /** They are not hunted each time, and would be forgotten when the code changes. */
    @Test
    void rareMistakesCanStillBeMade() throws Exception {
        var hunt = new MutantHunt(folder);
        for (var rare : List.of(StreamMutants.RARE_OF_RESCALES, StreamMutants.RARE_OF_CRASHES)) {
            for (var mutant : rare) {
                hunt.make(mutant);
            }
        }
    }

    /** Else any failure of the harness would pass for a mistake that was found. */
    @Test
    void nothingIsFoundWhereThereIsNoMistake() throws Exception {
        var none = new Mutant(
                "none", "exchange/Intake", "public final class Intake", "public /* as it is */ final class Intake");
        var hunt = new MutantHunt(folder);
        assertThat(hunt.hunt(none, RESCALES, IS_FULL ? 20_000 : 200)).isEmpty();
        assertThat(hunt.hunt(none, INTAKES, 2000)).isEmpty();
        assertThat(hunt.hunt(none, OUTLETS, 2000)).isEmpty();
        assertThat(hunt.hunt(none, CRASHES, IS_FULL ? 100 : 5)).isEmpty();
        assertThat(hunt.hunt(none, LINKS, IS_FULL ? 100 : 5)).isEmpty();
        assertThat(hunt.hunt(none, STORES, IS_FULL ? 100 : 5)).isEmpty();
    }

    private void hunt(List<Mutant> mutants, String sweep, int seeds) throws Exception {
        List<String> missed = new ArrayList<>();
        List<Long> found = new ArrayList<>();
        for (var mutant : mutants) {
            var told = new MutantHunt(folder).hunt(mutant, sweep, seeds);
            var seed = SEED.matcher(told);
            if (seed.matches()) {
                found.add(Long.parseLong(seed.group(1)));
            } else {
                missed.add(mutant.name());
            }
            if (IS_FULL) {
                System.out.println(mutant.name() + ": "
                        + (told.isEmpty()
                                ? "NOT FOUND"
                                : "found by " + told.lines().findFirst().orElse("")));
            }
        }
        Collections.sort(found);
        assertThat(missed).as("not found in %d seeds of %s", seeds, sweep).isEmpty();
        System.out.printf(
                "%s finds %d mistakes: median seed %d, largest %d%n",
                sweep, found.size(), found.get(found.size() / 2), found.getLast());
    }
}
