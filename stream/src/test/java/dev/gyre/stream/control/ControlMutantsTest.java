package dev.gyre.stream.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.MutantHunt;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation finds mistakes: each is compiled into one class, and that class takes the place of the right one. */
class ControlMutantsTest {
    private static final int SEEDS = 100;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Job              ¦ if (operation.isPresent())                                     ¦ if (false)
            Job              ¦ return partitions.areAllFinished() &&                          ¦ return partitions.areAllFinished() ||
            Job              ¦ requests.restore(image.requests());                            ¦
            Generations      ¦ incarnation <= known.get().incarnation()                       ¦ incarnation < known.get().incarnation()
            Generations      ¦ job.broken(worker, "worker " + worker + " is lost")            ¦ Optional.<Decision>empty()
            Generations      ¦ job.broken(worker, "worker " + worker + " began life " + incarnation) ¦ Optional.<Decision>empty()
            Generations      ¦ start.generation() != job.generation + 1                       ¦ start.generation() < job.generation
            Generations      ¦ job.partitions.rewind(                                         ¦ List.copyOf(
            Generations      ¦ job.partitions.move(job.partitions.shares(job.workersNow()));  ¦
            Workers          ¦ if (!isAlive(worker))                                          ¦ if (!lives.containsKey(worker))
            Rescales         ¦ lastVersion = begin.version();                                 ¦ lastVersion = begin.version(); job.partitions.move(job.partitions.shares(List.copyOf(next)));
            Snapshots        ¦ snapshot.finished(),                                     ¦ job.partitions.finished(),
            Snapshots        ¦ garbage.removeAll(kept.objects())                         ¦ kept.parts().forEach(part -> garbage.remove(part.object()))
            Heard            ¦ containsAll(rescaling.participants())                          ¦ containsAll(rescaling.workers())
            Desk             ¦ case DONE -> Optional.of(new Answer.Done(                      ¦ case DONE -> Optional.of(new Answer.Failed(
            Placement        ¦ while (held.size() > even + (i < odd ? 1 : 0))                 ¦ while (held.size() > even + 2)
            Plan             ¦ > nanos(settings.snapshotTimeout())                            ¦ < 0
            Coordinator      ¦ isProposing = false;                                           ¦ isProposing = outcome == ControlInput.ProposalOutcome.UNKNOWN;
            Coordinator      ¦ && nowNanos - solicitedNanos                                   ¦ || nowNanos - solicitedNanos
            """)
    void mistakeIsFound(String file, String code, @Nullable String bug) throws Exception {
        assertThat(hunt(file, code, bug == null ? "" : bug))
                .as("%s becomes %s", code, bug)
                .startsWith("seed ");
    }

    /** Else any failure of the harness would pass for a mistake that was found. */
    @Test
    void nothingIsFoundWhereThereIsNoMistake() throws Exception {
        assertThat(hunt("Job", "if (operation.isPresent())", "if (operation.isPresent() /* as it is */)"))
                .isEmpty();
    }

    private String hunt(String file, String code, String bug) throws Exception {
        var mutant = new MutantHunt.Mutant(bug, "control/" + file, code, bug);
        return new MutantHunt(folder).hunt(mutant, "control.ControlSimulation", SEEDS);
    }
}
