package dev.gyre.maelstrom.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The first line at which two histories differ.
 *
 * @param line its number, from 1
 * @param first what the one says there; nothing when it has ended
 * @param second what the other says there; nothing when it has ended
 */
public record HistoryDifference(long line, Optional<String> first, Optional<String> second) {
    /** Compares two files of histories, line by line; nothing when they are the same. */
    public static Optional<HistoryDifference> between(Path one, Path other) throws IOException {
        try (BufferedReader a = Files.newBufferedReader(one);
                BufferedReader b = Files.newBufferedReader(other)) {
            for (long line = 1; ; line++) {
                var first = a.readLine();
                var second = b.readLine();
                if (!Objects.equals(first, second)) {
                    return Optional.of(
                            new HistoryDifference(line, Optional.ofNullable(first), Optional.ofNullable(second)));
                }
                if (first == null) {
                    return Optional.empty();
                }
            }
        }
    }
}
