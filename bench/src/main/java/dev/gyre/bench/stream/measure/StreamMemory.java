package dev.gyre.bench.stream.measure;

import dev.gyre.bench.OtherProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run stream-memory}: what is kept behind a slow sink, and what snapshots of a large state cost. */
@Command(
        name = "bench/run stream-memory",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Puts a slow sink behind a fast source, and sees that memory stays bounded; then takes snapshots of a large state at full load.")
public final class StreamMemory implements Callable<Integer> {
    private static final Duration BAR = Duration.ofMillis(200);
    private static final int SAMPLE_SECONDS = 5;
    private static final int SAMPLES_A_MINUTE = 60 / SAMPLE_SECONDS;

    @Option(
            names = "--minutes",
            description = "How long the sink is slow; 0: not at all (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int minutes;

    @Option(
            names = "--rate",
            description = "Records a second that the slow sink takes (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private double rate;

    @Option(
            names = "--keys",
            description = "Keys of the large state; 0: none (default: ${DEFAULT-VALUE}).",
            defaultValue = "5000000")
    private int keys;

    @Option(names = "--snapshots", description = "How many are taken (default: ${DEFAULT-VALUE}).", defaultValue = "5")
    private int snapshots;

    @Mixin
    private ChildJvm jvm = new ChildJvm();

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StreamMemory()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jvm.isHere()) {
            return (minutes > 0 ? isBounded() : areSnapshotsShort()) ? 0 : 1;
        }
        System.out.println(jvm.describe());
        int status = 0;
        if (minutes > 0) {
            status = jvm.run(StreamMemory.class, List.of("--minutes=" + minutes, "--rate=" + rate));
        }
        if (keys > 0) {
            List<String> arguments = List.of("--minutes=0", "--keys=" + keys, "--snapshots=" + snapshots);
            status = Math.max(status, jvm.run(StreamMemory.class, arguments));
        }
        return status;
    }

    private boolean isBounded() throws InterruptedException {
        System.out.printf(
                "%nA sink that takes %,.0f records a second; on their way %,d records at most, and %.1f MiB more heap than before the job%n",
                rate, SlowSinkRun.RECORDS_MAX, mebibytes(SlowSinkRun.HEAP_MAX));
        System.out.printf("  %8s %14s %14s %22s%n", "seconds", "emitted", "on their way", "MiB after collection");
        var settings = new SlowSinkRun.Settings(rate, minutes * SAMPLES_A_MINUTE, Duration.ofSeconds(SAMPLE_SECONDS));
        var report = SlowSinkRun.run(
                settings,
                sample -> System.out.printf(
                        "  %8.1f %,14d %,14d %22.1f%n",
                        sample.seconds(), sample.emitted(), sample.onTheirWay(), mebibytes(sample.heapBytes())));
        report.problems().forEach(problem -> System.out.println("  !!! WRONG: " + problem));
        System.out.println(report.problems().isEmpty() ? "  bounded; each record came out once" : "  MISSED");
        return report.problems().isEmpty();
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }

    private boolean areSnapshotsShort() throws InterruptedException {
        System.out.printf(
                "%nSnapshots of %,d keys at full load; longest times without output in ms%n  %12s %10s %10s %10s %12s %8s%n",
                keys, "snapshot ms", "quiet any", "any", "a group", "records/s", "others");
        var report = BigStateRun.run(
                new BigStateRun.Settings(keys, snapshots, Duration.ofSeconds(2)),
                row -> System.out.printf(
                        "  %12.1f %10.2f %10.2f %10.2f %,12.0f %8.2f%s%n",
                        row.nanos() / 1e6,
                        row.quietAny() / 1e6,
                        row.any() / 1e6,
                        row.group() / 1e6,
                        row.recordsASecond(),
                        row.others(),
                        row.others() > OtherProcesses.NOISY ? "!" : ""));
        report.problems().forEach(problem -> System.out.println("  !!! WRONG: " + problem));
        long longest =
                report.rows().stream().mapToLong(BigStateRun.Row::any).max().orElse(Long.MAX_VALUE);
        boolean isKept = longest < BAR.toNanos();
        System.out.printf(
                "  %,d keys had state; longest time without any output %.1f ms; bar %d ms: %s%n",
                report.keys(), longest / 1e6, BAR.toMillis(), isKept ? "kept" : "MISSED");
        return isKept && report.problems().isEmpty();
    }
}
