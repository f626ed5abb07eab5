package dev.gyre.maelstrom.cli;

import dev.gyre.maelstrom.engine.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a person sees: results on stdout; progress and notes on stderr, as one line that changes on a terminal, and as plain lines
 * in a pipe. Always UTF-8, whatever the locale says: the verdicts need it.
 */
final class Console {
    /** How often progress is shown on a terminal, and in a pipe. */
    private static final long TERMINAL_EVERY_NANOS = 250_000_000L;

    private static final long PIPE_EVERY_NANOS = 5_000_000_000L;
    private static final int LINE_WIDTH = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private boolean progressShown;

    Console(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** The console of this process. The launcher knows whether stderr is a terminal, and says so in a property. */
    static Console ofProcess() {
        return new Console(utf8(FileDescriptor.out), utf8(FileDescriptor.err), Boolean.getBoolean("gyre.terminal"));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Prints results. */
    synchronized void print(String text) {
        clearProgress();
        out.println(text);
    }

    /** Says something beside the results. */
    synchronized void note(String text) {
        clearProgress();
        err.println(text);
    }

    /** Stdout, for code that writes lines itself. */
    PrintStream results() {
        return out;
    }

    /** Stderr, for code that writes lines itself. */
    PrintStream notes() {
        return err;
    }

    long progressEveryNanos() {
        return terminal ? TERMINAL_EVERY_NANOS : PIPE_EVERY_NANOS;
    }

    void progress(Progress progress) {
        progress(line(progress));
    }

    /** Shows a line until the next, or until something is printed. */
    synchronized void progress(String line) {
        if (terminal) {
            String shown = line.length() <= LINE_WIDTH ? line : line.substring(0, LINE_WIDTH - 1) + "…";
            err.print("\r\u001b[K" + shown);
            err.flush();
            progressShown = true;
        } else {
            err.println(line);
        }
    }

    private static String line(Progress progress) {
        var counts = progress.counts();
        var line = String.format(
                Locale.ROOT,
                "%s %.1f/%.0f s  %d ops: %d ok, %d fail, %d info",
                progress.phase(),
                progress.elapsedNanos() / NANOS_PER_SECOND,
                progress.limitNanos() / NANOS_PER_SECOND,
                counts.invoked(),
                counts.ok(),
                counts.failed(),
                counts.unknown());
        return progress.faults().isEmpty() ? line : line + "  [" + String.join("; ", progress.faults()) + "]";
    }

    private void clearProgress() {
        if (progressShown) {
            err.print("\r\u001b[K");
            err.flush();
            progressShown = false;
        }
    }
}
