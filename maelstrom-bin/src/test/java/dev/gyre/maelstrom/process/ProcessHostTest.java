package dev.gyre.maelstrom.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that starts again does so when its earlier process is gone. */
class ProcessHostTest {
    @TempDir
    private Path folder = Path.of("");

    private ProcessHost host(Duration patience) {
        var spec = new ProcessSpec(List.of("sleep", "600"), folder, folder, folder, Optional.empty());
        return new ProcessHost(spec, patience);
    }

    @Test
    void nodeThatWasKilledStartsAgain() {
        try (var host = host(Duration.ofSeconds(30))) {
            assertThat(host.start("n0")).isEmpty();
            long before = host.pid("n0");
            host.kill("n0");
            assertThat(host.start("n0")).isEmpty();
            assertThat(ProcessHandle.of(before)).isEmpty();
            assertThat(host.pid("n0")).isNotEqualTo(before);
        }
    }

    /** Nothing can be killed and live on at a test's wish: here it was not killed. */
    @Test
    void nodeWhoseEarlierProcessIsThereIsNotStartedBesideIt() {
        try (var host = host(Duration.ofMillis(50))) {
            assertThat(host.start("n0")).isEmpty();
            long before = host.pid("n0");
            assertThat(host.start("n0"))
                    .contains("process " + before
                            + ", which it was before, was killed and has not ended within 50 ms; does its disk hang?");
            assertThat(host.pid("n0")).isEqualTo(before);
        }
    }
}
