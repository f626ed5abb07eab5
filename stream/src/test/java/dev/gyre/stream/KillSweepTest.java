package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A node of a job is killed between any two messages of a snapshot and of rescales: see {@link KillSweep}. */
class KillSweepTest {
    /** Behind one of so many messages; 1: behind each. */
    private static final int STRIDE = Integer.getInteger("job.kills.stride", 30);

    private static final Path TABLE = Path.of("target", "job-kills.txt");

    @Test
    void operationsComeToAnEndWhoeverIsKilledBehindWhicheverMessage() throws IOException {
        var sweep = KillSweep.of(STRIDE);
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, sweep.toString());
        System.out.printf("%d nodes killed behind one of %d messages each:%n%s", sweep.kills(), STRIDE, sweep);
        assertThat(sweep.failures())
                .as(
                        "mvn test -pl stream -am -Dtest=KillSweepTest -Dsurefire.failIfNoSpecifiedTests=false -Djob.kills.stride=1")
                .isEmpty();
        var outcomes = new TreeSet<KillOutcome>();
        sweep.table().values().forEach(row -> outcomes.addAll(row.keySet()));
        assertThat(outcomes)
                .as("what a kill can lead to")
                .contains(
                        KillOutcome.SAME_LEADER,
                        KillOutcome.ROLLED_FORWARD,
                        KillOutcome.ABORTED,
                        KillOutcome.NEXT_GENERATION);
    }
}
