package dev.gyre.maelstrom.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.examples.raftkv.RaftKvNode;
import dev.gyre.maelstrom.process.ProcessSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The short form of {@code bench/run raft-kill}. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors") // each starts as many JVMs as the processors can bear
class RaftKillTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder = Path.of("");

    private ProcessSpec nodes(String... flags) {
        var command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), RaftKvNode.class.getName()));
        command.addAll(List.of(flags));
        return new ProcessSpec(command, folder, folder, folder, Optional.empty());
    }

    private static void isRight(KillRun.Report report) {
        assertThat(report.isValid()).as(RaftKill.describe(report)).isTrue();
        assertThat(report.servedAfterNanos())
                .hasSizeGreaterThanOrEqualTo(report.strikes().size());
        assertThat(report.ledger().acknowledgedWrites()).isPositive();
    }

    @Test
    void nothingIsLostWhenNodesAreKilledUnderLoad() throws InterruptedException {
        var settings = new KillRun.Settings(4, 3, 1, 0, 3, 0, 2);

        isRight(KillRun.run(settings, nodes("--snapshot-kib", "32"), line -> {}));
    }

    @Test
    void nodeThatIsAloneLosesNothing() throws InterruptedException {
        var settings = new KillRun.Settings(3, 1, 0.5, 100, 3, 500, 3);

        isRight(KillRun.run(settings, nodes(), line -> {}));
    }
}
