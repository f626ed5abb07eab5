package dev.gyre.maelstrom.fire;

import dev.gyre.maelstrom.process.Entropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: kills a job, prints what came of it, and ends with 1 when its output is not that of an unbroken run. */
@Command(
        name = "bench/run stream-kill",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Kills a dataflow from files to files, a real process on real folders, at random moments; compares its output with that of an unbroken run.")
final class StreamKill implements Callable<Integer> {
    @Option(names = "--kills", defaultValue = "100", description = "(default: ${DEFAULT-VALUE})")
    private int kills;

    @Option(
            names = "--files",
            defaultValue = "3",
            description =
                    "that are read at a time (default: ${DEFAULT-VALUE}); with one file and one worker the order of all lines is compared, else that of each key")
    private int files;

    @Option(names = "--workers", defaultValue = "2", description = "(default: ${DEFAULT-VALUE})")
    private int workers;

    @Option(names = "--seed", description = "when to kill; not to the microsecond (default: another each time)")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--data", description = "an empty folder that is kept; default: one that is deleted if all is well")
    private Optional<Path> data = Optional.empty();

    private StreamKill() {}

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StreamKill()).execute(args));
    }

    /** What runs the job in a process of its own, with the classes of this one. */
    static List<String> program() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RunningSums.class.getName());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean isTerminal = Boolean.getBoolean("gyre.terminal");
        var folder = data.isPresent() ? Files.createDirectories(data.get()) : Files.createTempDirectory("stream-kill");
        var settings = new StreamKillRun.Settings(kills, files, workers, seed.orElseGet(Entropy::seed));
        var report = StreamKillRun.run(settings, program(), folder, line -> {
            if (isTerminal) {
                System.err.print("\r\u001b[K" + line);
            }
        });
        if (isTerminal) {
            System.err.print("\r\u001b[K");
        }
        System.out.print(describe(report));
        if (report.isValid() && data.isEmpty()) {
            RaftKill.delete(folder);
        } else {
            System.out.println("files and logs: " + folder);
        }
        return report.isValid() ? 0 : 1;
    }

    /** All figures, and the verdict. */
    static String describe(StreamKillRun.Report report) {
        var text = new StringBuilder();
        RaftKill.line(
                text,
                "kill -9",
                report.kills() + ", seed " + report.settings().seed() + "; " + report.behindSnapshot()
                        + " of them behind a snapshot of that life and before the end");
        RaftKill.line(text, "start to first record", RaftKill.times(report.toReadNanos()));
        RaftKill.line(text, "start to first snapshot", RaftKill.times(report.toSnapshotNanos()));
        report.problems().forEach(problem -> RaftKill.line(text, "PROBLEM", problem));
        if (report.isValid()) {
            RaftKill.line(text, "output", report.lines() + " lines, byte for byte those of an unbroken run");
        }
        return text.toString();
    }
}
