package dev.gyre.maelstrom.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The short form of {@code bench/run stream-kill}. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors") // each starts as many JVMs as the processors can bear
class StreamKillTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void outputOfAJobThatIsKilledIsThatOfAnUnbrokenRun() throws IOException, InterruptedException {
        var settings = new StreamKillRun.Settings(3, 2, 2, 1);

        var report = StreamKillRun.run(settings, StreamKill.program(), folder, line -> {});

        assertThat(report.isValid()).as(StreamKill.describe(report)).isTrue();
        assertThat(report.kills()).isEqualTo(3);
        assertThat(report.behindSnapshot()).isPositive();
        assertThat(report.lines()).isPositive();
    }
}
