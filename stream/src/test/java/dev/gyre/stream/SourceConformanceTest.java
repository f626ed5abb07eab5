package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.control.Answer;
import dev.gyre.stream.io.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** S1 of spec/stream.md, section 6, and what follows from it: a job that was complete reads on where its sources ended, with what it knew by then. */
@Timeout(60)
class SourceConformanceTest {
    @TempDir
    private Path folder = Path.of("");

    private LocalJob.Settings settings(int workers) {
        return LocalJob.Settings.workers(workers)
                .snapshotEvery(Duration.ofMillis(50))
                .durableIn(folder.resolve("state"));
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** What a run to its end gives. */
    private List<Long> read(long max) throws InterruptedException {
        var given = new CopyOnWriteArrayList<Long>();
        var job = Job.named(
                "s1",
                flow -> flow.source("numbers", new Counting(max)).sink("given", context -> (number, time) -> {
                    assertThat(time).isEqualTo(number);
                    given.add(number);
                }));
        try (var running = LocalJob.start(job, settings(1))) {
            running.await();
            assertThat(running.failure()).isEmpty();
        }
        return given;
    }

    @Test
    void sourceIsReadOnceAndOnFromItsEndInTheNextRun() throws InterruptedException {
        assertThat(read(10)).isEqualTo(numbers(0, 10));
        assertThat(read(15)).isEqualTo(numbers(11, 15));
        assertThat(read(15)).isEmpty();
    }

    private List<String> counted(Path texts) throws IOException, InterruptedException {
        var counts = Files.createDirectories(folder.resolve("counts"));
        var job = Job.named(
                "words",
                flow -> flow.source("words", TextFiles.in(texts))
                        .keyBy("word", word -> word)
                        .fold("count", 0L, (Long count, String word) -> count + 1)
                        .entries()
                        .map(entry -> entry.key() + " " + entry.value())
                        .sink("counts", TextFiles.transactional(counts)));
        try (var running = LocalJob.start(job, settings(2))) {
            running.await();
            assertThat(running.failure()).isEmpty();
        }
        var lines = new ArrayList<String>();
        try (var parts = Files.list(counts)) {
            for (var part : parts.sorted().toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines.stream().sorted().toList();
    }

    @Test
    void whatCameToFilesAndBesideThemIsCountedOnByTheNextRun() throws IOException, InterruptedException {
        var texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(texts.resolve("a"), "sea\nsand\n");
        assertThat(counted(texts)).containsExactly("sand 1", "sea 1");
        Files.writeString(texts.resolve("a"), "sea\n", StandardOpenOption.APPEND);
        Files.writeString(texts.resolve("b"), "sand\nsun\n");
        assertThat(counted(texts)).containsExactly("sand 1", "sand 2", "sea 1", "sea 2", "sun 1");
    }

    @Test
    void suspendedJobWaitsInTheNextRunUntilItIsResumed() throws InterruptedException {
        var given = new CopyOnWriteArrayList<Long>();
        var numbers = new LocalJobTest.Numbers(Long.MAX_VALUE);
        var job = Job.named(
                "suspended",
                flow -> flow.source("numbers", numbers)
                        .filter(number -> number < 1000)
                        .sink("given", context -> (number, time) -> given.add(number)));
        try (var running = LocalJob.start(job, settings(2))) {
            assertThat(running.suspend().join()).isInstanceOf(Answer.Done.class);
            running.await();
        }
        var before = List.copyOf(numbers.progress().values());
        try (var running = LocalJob.start(job, settings(2))) {
            running.await(); // it is suspended still
            assertThat(numbers.progress().values()).containsExactlyInAnyOrderElementsOf(before);
            numbers.end();
            assertThat(running.resume().join()).isInstanceOf(Answer.Done.class);
            running.await();
            assertThat(running.failure()).isEmpty();
        }
        assertThat(given.stream().sorted().toList()).isEqualTo(numbers(0, 999));
    }
}
