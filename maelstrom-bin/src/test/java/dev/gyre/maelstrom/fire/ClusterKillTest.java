package dev.gyre.maelstrom.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.examples.streamcount.StreamCountNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The short form of {@code bench/run cluster-kill}. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors") // each starts as many JVMs as the processors can bear
class ClusterKillTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void jobOnNodesThatAreKilledAnswersAgainAndIsExact() throws IOException, InterruptedException {
        var node = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StreamCountNode.class.getName());

        var report = ClusterKillRun.run(new ClusterKillRun.Settings(node, 2, 4, 1), folder, line -> {});

        assertThat(ClusterKill.isValid(report)).as(ClusterKill.describe(report)).isTrue();
        assertThat(report.recoveries()).hasSize(2);
        assertThat(report.heaps()).hasSize(4);
        assertThat(report.acknowledged()).isPositive();
    }
}
