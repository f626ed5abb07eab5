package dev.gyre.maelstrom.fire;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One life of a process that says how far it is, a line at a time. For one thread. */
final class Victim {
    /** What a process that was killed with {@code kill -9} ends with. */
    private static final int KILLED = 128 + 9;

    private static final long PATIENCE_SECONDS = 30;

    /** A line, and when it came; empty: there are no more. */
    record Line(Optional<String> text, long afterNanos) {
        boolean is(String wanted) {
            return text.equals(Optional.of(wanted));
        }
    }

    private final Process process;
    private final long startNanos = System.nanoTime();
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

    /**
     * Starts it.
     *
     * @param errors where its standard error is appended
     */
    Victim(List<String> command, Path errors) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        Thread.ofPlatform().daemon().name("reads what a victim says").start(this::read);
    }

    private void read() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                lines.add(new Line(Optional.of(line), System.nanoTime() - startNanos));
            }
        } catch (IOException e) {
            lines.add(new Line(Optional.of("cannot be read: " + e), System.nanoTime() - startNanos));
        }
        lines.add(new Line(Optional.empty(), System.nanoTime() - startNanos));
    }

    /** The next line, if there is one within a time. */
    Optional<Line> next(long nanos) throws InterruptedException {
        return Optional.ofNullable(lines.poll(nanos, TimeUnit.NANOSECONDS));
    }

    /** Kills it, unless it has ended before. Whether it was killed. */
    boolean kill() throws InterruptedException {
        process.destroyForcibly();
        return end() == KILLED;
    }

    /** Waits for its end; says with what it ended. */
    int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "process " + process.pid() + " has not ended after " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }
}
