package dev.gyre.examples.wordcount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.LocalJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WordCountTest {
    @TempDir
    Path folder;

    private Path texts() throws IOException {
        var texts = Files.createDirectory(folder.resolve("texts"));
        for (int file = 0; file < 3; file++) {
            int number = file;
            Files.write(
                    texts.resolve("text-" + file),
                    IntStream.range(0, 2000)
                            .mapToObj(line -> "The sea, the sea: line w" + "x".repeat(line % 7) + " of File " + number)
                            .toList());
        }
        return texts;
    }

    /** As anybody would count. */
    private static Map<String, Long> plainCount(Path texts) throws IOException {
        var counts = new TreeMap<String, Long>();
        try (var files = Files.list(texts)) {
            for (var file : files.toList()) {
                for (var word : Files.readString(file).toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
                    if (!word.isEmpty()) {
                        counts.merge(word, 1L, Long::sum);
                    }
                }
            }
        }
        return counts;
    }

    /** The count of each word, each step of which must be there once. */
    private static Map<String, Long> counted(Path counts) throws IOException {
        var steps = new TreeMap<String, List<Long>>();
        try (var parts = Files.list(counts)) {
            for (var part : parts.sorted().toList()) {
                for (var line : Files.readAllLines(part)) {
                    var words = line.split(" ", -1);
                    steps.computeIfAbsent(words[0], absent -> new ArrayList<>()).add(Long.parseLong(words[1]));
                }
            }
        }
        var counted = new TreeMap<String, Long>();
        steps.forEach((word, all) -> {
            assertThat(all.stream().sorted().toList())
                    .as("steps of %s", word)
                    .isEqualTo(IntStream.rangeClosed(1, all.size())
                            .mapToObj(i -> (long) i)
                            .toList());
            counted.put(word, (long) all.size());
        });
        return counted;
    }

    @Test
    void wordsAreCountedOnTwoThreads() throws Exception {
        var texts = texts();
        var counts = Files.createDirectory(folder.resolve("counts"));
        WordCount.main(new String[] {
            texts.toString(), counts.toString(), folder.resolve("state").toString()
        });
        assertThat(counted(counts)).isEqualTo(plainCount(texts));
    }

    @Test
    void countsAreExactWhenWorkersComeAndGo() throws Exception {
        var texts = texts();
        var counts = Files.createDirectory(folder.resolve("counts"));
        try (var running = LocalJob.start(
                WordCount.job(texts, counts), LocalJob.Settings.workers(3).upTo(4))) {
            var answers = List.of(running.rescale(4), running.rescale(1), running.rescale(2));
            running.await();
            assertThat(running.failure()).isEmpty();
            answers.forEach(CompletableFuture::join); // some may have come too late
        }
        assertThat(counted(counts)).isEqualTo(plainCount(texts));
    }
}
