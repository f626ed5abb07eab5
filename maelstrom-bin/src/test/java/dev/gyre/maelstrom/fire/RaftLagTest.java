package dev.gyre.maelstrom.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench/run raft-lag}. */
class RaftLagTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void followerThatIsDownOrSlowCostsTheOthersNoMoreThanTheWindow() throws Exception {
        var lines = new ArrayList<String>();

        assertThat(LagRun.run(new LagRun.Settings(4, 512), folder, lines::add))
                .as(String.join("\n", lines))
                .isEmpty();
    }
}
