package dev.gyre.maelstrom.fire;

import dev.gyre.maelstrom.process.Entropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: kills nodes of a job, prints how soon it answers again, and ends with 1 when a total was wrong or a bound does not hold. */
@Command(
        name = "bench/run cluster-kill",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Kills workers of a job on five processes, and then three of them for a while; measures how soon all keys are answered again.")
final class ClusterKill implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEBI = 1 << 20;

    /** What a node without a quorum may have more at the end than at the beginning. */
    private static final long GROWTH_MAX = 32L << 20;

    @Option(
            names = "--kills",
            defaultValue = "20",
            description = "of workers, one at a time (default: ${DEFAULT-VALUE})")
    private int kills;

    @Option(
            names = "--without-quorum",
            defaultValue = "60",
            description = "seconds for which three of five nodes are dead; 0: not at all (default: ${DEFAULT-VALUE})")
    private int withoutQuorum;

    @Option(
            names = "--bin",
            defaultValue = "maelstrom-bin/stream-count",
            description = "runs a node (default: ${DEFAULT-VALUE})")
    private Path executable = Path.of("");

    @Option(names = "--seed", description = "who is killed, and when (default: another each time)")
    private Optional<Long> seed = Optional.empty();

    private ClusterKill() {}

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ClusterKill()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean isTerminal = Boolean.getBoolean("gyre.terminal");
        var folder = Files.createTempDirectory("cluster-kill");
        var settings = new ClusterKillRun.Settings(
                List.of(executable.toAbsolutePath().toString()), kills, withoutQuorum, seed.orElseGet(Entropy::seed));
        var report = ClusterKillRun.run(settings, folder, line -> {
            if (isTerminal) {
                System.err.print("\r\u001b[K" + line);
            }
        });
        if (isTerminal) {
            System.err.print("\r\u001b[K");
        }
        System.out.print(describe(report));
        if (isValid(report)) {
            RaftKill.delete(folder);
        } else {
            System.out.println("files and logs: " + folder);
        }
        return isValid(report) ? 0 : 1;
    }

    static boolean isValid(ClusterKillRun.Report report) {
        return report.violations().isEmpty() && report.late() == 0 && growth(report) <= GROWTH_MAX;
    }

    private static long growth(ClusterKillRun.Report report) {
        int live = report.heaps().size() / 2;
        long most = 0;
        for (int i = 0; i < live; i++) {
            most = Math.max(most, report.heaps().get(live + i) - report.heaps().get(i));
        }
        return most;
    }

    static String describe(ClusterKillRun.Report report) {
        var text = new StringBuilder();
        if (!report.recoveries().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d kills of a worker; from the kill to answers for all keys: median %.2f s, worst %.2f s%n",
                    report.recoveries().size(),
                    report.medianNanos() / NANOS_PER_SECOND,
                    report.recoveries().getLast() / NANOS_PER_SECOND));
        }
        if (!report.heaps().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "without a quorum: %d adds acknowledged, living objects MiB %s, most growth %.1f; answers for all keys %.2f s after the nodes were started again%n",
                    report.late(),
                    report.heaps().stream()
                            .map(bytes -> String.format(Locale.ROOT, "%.1f", bytes / MEBI))
                            .collect(Collectors.joining(" ")),
                    growth(report) / MEBI,
                    report.returnNanos() / NANOS_PER_SECOND));
        }
        text.append(String.format(
                Locale.ROOT,
                "%,d adds acknowledged, %s%n",
                report.acknowledged(),
                report.violations().isEmpty()
                        ? "each total exact"
                        : report.violations().size() + " totals wrong"));
        report.violations().stream()
                .limit(10)
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }
}
