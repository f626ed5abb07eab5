package dev.gyre.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Walks through files in {@code src/test/resources}: what happens must be what is recorded. After a change that is meant,
 * {@code -Draft.record=true} records anew: then read the difference. Lines that begin with {@code expect} hold in any case.
 */
class ScenarioTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/gyre/raft/core");
    private static final boolean IS_RECORDING = Boolean.getBoolean("raft.record");

    @Test
    void scenariosGoAsRecorded() throws IOException {
        var folder = Files.isDirectory(FOLDER) ? FOLDER : Path.of("raft").resolve(FOLDER);
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".scenario")).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        for (var file : files) {
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
