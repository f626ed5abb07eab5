package dev.gyre.examples.wordcount;

import dev.gyre.examples.Flags;
import dev.gyre.stream.ClusterJob;
import dev.gyre.stream.Job;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.io.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts words of text files on several nodes, and writes each with its count once all are read: a line {@code word<TAB>count}, each word in one line of one file. Nodes may
 * be killed and started again, and there may be more or fewer workers while it runs.
 */
public final class WordCountNode {
    private static final int MAX_PACE = 100_000_000;
    private static final int MAX_WORKERS = 128;

    /** All texts are of one moment: so there is one window, which ends when there is no more to read. */
    private static final Windows ALL = Windows.tumbling(Duration.ofDays(1));

    private WordCountNode() {}

    /**
     * What the node is started with.
     *
     * @param input a file, or a folder of files
     * @param output the folder for the counts
     * @param workers how many workers there are at first
     * @param linesASecond what each of them reads at most
     */
    record Options(Path input, Path output, int workers, int linesASecond) {
        static Options read(Flags flags) {
            return new Options(
                    existing("--input", flags.path("--input")),
                    folder("--output", flags.path("--output")),
                    flags.integer("--workers", 3, 1, MAX_WORKERS),
                    flags.integer("--lines-a-second", MAX_PACE, 1, MAX_PACE));
        }
    }

    /** What is not there would end each generation of the job, long after who started it has looked away. */
    private static Path existing(String name, Path path) {
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(name + " " + path + ": there is no such file or folder, or it cannot be"
                    + " read; the path starts at " + Path.of("").toAbsolutePath());
        }
        return path;
    }

    private static Path folder(String name, Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new IllegalArgumentException(name + " " + path + " cannot be made a folder: " + e, e);
        }
    }

    private static Job job(Paced<String> lines, Path output) {
        return Job.named(
                "word-count",
                flow -> flow.source("lines", lines)
                        .assignTimestamps(line -> 0)
                        .inOrder()
                        .flatMap(WordCount::words)
                        .keyBy("word", word -> word)
                        .window(ALL)
                        .count("count")
                        .entries()
                        .map(entry -> entry.key() + "\t" + entry.value().value())
                        .sink("counts", TextFiles.transactional(output)));
    }

    /** Runs a node: {@code --input FILE_OR_FOLDER --output FOLDER --workers N --lines-a-second N}. */
    public static void main(String[] args) {
        var options = Flags.orExit(args, Options::read);
        var source =
                Files.isDirectory(options.input()) ? TextFiles.in(options.input()) : TextFiles.file(options.input());
        List<Paced<String>> here = new ArrayList<>();
        ClusterJob.run(
                node -> {
                    var lines = new Paced<>(source, node::nowNanos, options.linesASecond());
                    here.add(lines);
                    return job(lines, options.output());
                },
                ClusterJob.Settings.workers(options.workers()),
                () -> here.stream().mapToLong(Paced::count).sum(),
                args);
    }
}
