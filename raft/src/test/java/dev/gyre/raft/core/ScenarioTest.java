package dev.gyre.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * Walks through files in {@code src/test/resources}: what happens must be what is recorded. After a change that is meant,
 * {@code -Draft.record=true} records anew: then read the difference. Lines that begin with {@code expect} hold in any case.
 */
class ScenarioTest {
    private static final boolean IS_RECORDING = Boolean.getBoolean("raft.record");

    @Test
    void scenariosGoAsRecorded() throws IOException {
        assertThat(ScenarioFiles.all()).isNotEmpty();
        for (var file : ScenarioFiles.all()) {
            var recorded = Files.readAllLines(file);
            var played = Scenario.play(recorded);
            if (IS_RECORDING) {
                Files.write(file, played);
            } else {
                assertThat(played).as(file.toString()).isEqualTo(recorded);
            }
        }
    }
}
