package dev.gyre.maelstrom.fire;

import dev.gyre.stream.Job;
import dev.gyre.stream.LocalJob;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.io.TextFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The process that is killed: a job from files to files. A line is a key and a number, and gives the key with the sum of its numbers so far. Says on its standard output how
 * far it is: {@code read} at its first record, {@code snapshot} when it knows of one that was committed since it began, and {@code end}.
 */
final class RunningSums {
    static final String READ = "read";
    static final String SNAPSHOT = "snapshot";
    static final String END = "end";

    private static final Duration SNAPSHOT_INTERVAL = Duration.ofMillis(50);
    private static final Duration LOOK = Duration.ofMillis(5);

    private RunningSums() {}

    /**
     * Files that are read a few lines at a time, however much there is, so that a process is killed while it reads.
     *
     * @param pause between two times; zero: as fast as it goes
     */
    private record Paced(Source<String> files, Duration pause, Runnable onRead) implements Source<String> {
        private static final int LINES_A_TURN = 10;

        @Override
        public List<String> partitions() {
            return files.partitions();
        }

        @Override
        public Partition<String> open(String name, Optional<Object> position) {
            var file = files.open(name, position);
            return new Partition<>() {
                @Override
                public Polled poll(Output<String> out, int max) {
                    onRead.run();
                    var polled = file.poll(out, pause.isZero() ? max : LINES_A_TURN);
                    return polled instanceof Polled.More && !pause.isZero() ? Polled.later(pause) : polled;
                }

                @Override
                public Object position() {
                    return file.position();
                }

                @Override
                public void committed(Object saved) {
                    file.committed(saved);
                }

                @Override
                public void close() {
                    file.close();
                }
            };
        }
    }

    private static Job job(Source<String> lines, Path sums) {
        return Job.named(
                "sums",
                flow -> flow.source("lines", lines)
                        .keyBy("key", RunningSums::key)
                        .fold("sum", 0L, (Long sum, String line) -> sum + number(line))
                        .entries()
                        .map(entry -> entry.key() + " " + entry.value())
                        .sink("sums", TextFiles.transactional(sums)));
    }

    static String key(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    static long number(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    /**
     * Runs the job to its end.
     *
     * @param args folders of the lines, the sums, and of what is needed to go on; how many workers; milliseconds between two times that a file is read
     */
    public static void main(String[] args) throws InterruptedException {
        var hasRead = new AtomicBoolean();
        var lines = new Paced(TextFiles.in(Path.of(args[0])), Duration.ofMillis(Long.parseLong(args[4])), () -> {
            if (hasRead.compareAndSet(false, true)) {
                System.out.println(READ);
            }
        });
        var settings = LocalJob.Settings.workers(Integer.parseInt(args[3]))
                .snapshotEvery(SNAPSHOT_INTERVAL)
                .durableIn(Path.of(args[2]));
        try (var running = LocalJob.start(job(lines, Path.of(args[1])), settings)) {
            var last = snapshot(running); // one of this life may be taken for an earlier one, never the other way
            while (!running.await(LOOK)) {
                var now = snapshot(running);
                if (!now.equals(last)) {
                    System.out.println(SNAPSHOT);
                    last = now;
                }
            }
            running.failure().ifPresent(failure -> {
                throw failure;
            });
        }
        System.out.println(END);
    }

    private static Optional<Long> snapshot(LocalJob running) {
        return running.status().join() instanceof Answer.Standing standing ? standing.snapshot() : Optional.empty();
    }
}
