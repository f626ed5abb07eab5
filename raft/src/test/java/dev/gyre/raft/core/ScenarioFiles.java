package dev.gyre.raft.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scenario files of this module. */
final class ScenarioFiles {
    private static final Path FOLDER = Path.of("src/test/resources/dev/gyre/raft/core");

    private ScenarioFiles() {}

    static List<Path> all() throws IOException {
        var folder = Files.isDirectory(FOLDER) ? FOLDER : Path.of("raft").resolve(FOLDER);
        try (var found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .toList();
        }
    }

    /** The first file that goes otherwise than recorded; empty if all go as recorded. */
    static String firstDifference() throws IOException {
        for (var file : all()) {
            var recorded = Files.readAllLines(file);
            try {
                if (!Scenario.play(recorded).equals(recorded)) {
                    return "scenario " + file.getFileName();
                }
            } catch (RuntimeException | AssertionError failure) {
                return "scenario " + file.getFileName() + ": "
                        + String.valueOf(failure.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("");
            }
        }
        return "";
    }
}
