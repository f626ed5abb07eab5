package dev.gyre.examples.wordcount;

import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.io.TextFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts words of text files. Each occurrence gives a line with the word and its count so far, so the largest of a word is its count. Killed and started again, it goes on
 * where its last snapshot was, and the lines that it has written are those of a run without a break.
 */
public final class WordCount {
    private WordCount() {}

    static Job job(Path texts, Path counts) {
        return Job.named(
                "word-count",
                flow -> flow.source("lines", TextFiles.in(texts))
                        .flatMap(WordCount::words)
                        .keyBy("word", word -> word)
                        .fold("count", 0L, (count, word) -> count + 1)
                        .entries()
                        .map(entry -> entry.key() + " " + entry.value())
                        .sink("counts", TextFiles.transactional(counts)));
    }

    static void words(String line, Output<String> out) {
        for (var word : line.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
            if (!word.isEmpty()) {
                out.emit(word);
            }
        }
    }

    /**
     * Counts the words.
     *
     * @param args the folder of the texts, the one for the counts, and one for what is needed to go on after a break
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 3) {
            System.err.println("usage: WordCount TEXTS COUNTS STATE (three folders)");
            System.exit(2);
        }
        var settings = LocalJob.Settings.workers(2)
                .snapshotEvery(Duration.ofSeconds(1))
                .durableIn(Path.of(args[2]));
        try (var running = LocalJob.start(job(Path.of(args[0]), Path.of(args[1])), settings)) {
            running.await();
        }
    }
}
