package dev.gyre.bench.stream.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run stream-rescale}: how long nothing comes out of a job while it is rescaled at full load. */
@Command(
        name = "bench/run stream-rescale",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Rescales a keyed sum at full load between one and two workers, and measures the longest time without output.")
public final class StreamRescale implements Callable<Integer> {
    /** Up to so many keys the bar is the lower one. */
    private static final int FEW_KEYS = 10_000;

    private static final Duration BAR_FEW = Duration.ofMillis(10);
    private static final Duration BAR_MANY = Duration.ofMillis(50);

    @Option(
            names = "--keys",
            split = ",",
            description = "How many keys (default: ${DEFAULT-VALUE}).",
            defaultValue = "10000,1000000")
    private List<Integer> keys = List.of();

    @Option(names = "--rescales", description = "How many (default: ${DEFAULT-VALUE}).", defaultValue = "8")
    private int rescales;

    @Option(names = "--warm-up", description = "Seconds before (default: ${DEFAULT-VALUE}).", defaultValue = "10")
    private int warmUpSeconds;

    @Option(
            names = "--stretch",
            description = "Milliseconds a rescale, and as long without one (default: ${DEFAULT-VALUE}).",
            defaultValue = "2000")
    private int stretchMillis;

    @Option(
            names = "--rehearsed",
            description = "Whether the process has rescaled another job before (default: ${DEFAULT-VALUE}).",
            defaultValue = "true",
            arity = "1")
    private boolean isRehearsed;

    @Mixin
    private ChildJvm jvm = new ChildJvm();

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StreamRescale()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jvm.isHere()) {
            return measure(keys.getFirst()) ? 0 : 1;
        }
        System.out.println(jvm.describe());
        System.out.println(
                "Longest times without output in ms: of any record; of a key group that stays with its worker, and of one that moves. Quiet: in as"
                        + " long a stretch without a rescale. "
                        + (isRehearsed
                                ? "LocalJob.rehearse() came before. "
                                : "The first one runs code that nobody ran before. ")
                        + "others: processors that other processes kept busy (!: says little).");
        int status = 0;
        for (int count : keys) {
            List<String> arguments = List.of(
                    "--keys=" + count,
                    "--rescales=" + rescales,
                    "--warm-up=" + warmUpSeconds,
                    "--stretch=" + stretchMillis,
                    "--rehearsed=" + isRehearsed);
            status = Math.max(status, jvm.run(StreamRescale.class, arguments));
        }
        System.out.println(
                "\nElsewhere: Flink's adaptive scheduler 51-117 ms at 10 k keys with replay, Jet's restart 150-300 ms.");
        return status;
    }

    /** Measures in this JVM. Whether all came out once, and the bar is kept by the job as a whole; whether it is by each group is told. */
    private boolean measure(int count) throws InterruptedException {
        System.out.printf(
                "%n%,d keys%n  %-8s %10s %10s | %10s %10s %10s | %10s %12s %8s%n",
                count, "workers", "quiet any", "a group", "any", "stays", "moves", "commit", "records/s", "others");
        var settings = new RescaleRun.Settings(
                count, rescales, Duration.ofSeconds(warmUpSeconds), Duration.ofMillis(stretchMillis), isRehearsed);
        var report = RescaleRun.run(settings, StreamRescale::print);
        report.problems().forEach(problem -> System.out.println("  !!! WRONG: " + problem));
        var bar = count <= FEW_KEYS ? BAR_FEW : BAR_MANY;
        boolean isKept = longest(report.rows(), RescaleRun.Row::any) < bar.toNanos();
        System.out.printf(
                "  bar %d ms%s%n",
                bar.toMillis(),
                report.rows().stream().anyMatch(RescaleRun.Row::isNoisy) ? " (others were at work)" : "");
        judge("without any output", bar, report.rows(), RescaleRun.Row::any);
        judge("without output of one group or another", bar, report.rows(), RescaleRun.Row::worst);
        if (report.problems().isEmpty()) {
            System.out.printf("  %,d records came out once each, sums rose by each%n", report.records());
        }
        return isKept && report.problems().isEmpty();
    }

    private static void judge(
            String what, Duration bar, List<RescaleRun.Row> rows, ToLongFunction<RescaleRun.Row> gap) {
        long[] sorted = rows.stream().mapToLong(gap).sorted().toArray();
        System.out.printf(
                "  %s: longest %.1f ms, in the median of rescales %.1f ms: %s%n",
                what,
                longest(rows, gap) / 1e6,
                sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2] / 1e6,
                longest(rows, gap) < bar.toNanos() ? "kept" : "MISSED");
    }

    /** Of no rescales for ever: nothing was shown. */
    private static long longest(List<RescaleRun.Row> rows, ToLongFunction<RescaleRun.Row> gap) {
        return rows.stream().mapToLong(gap).max().orElse(Long.MAX_VALUE);
    }

    private static void print(RescaleRun.Row row) {
        System.out.printf(
                "  %d to %-3d %10.2f %10.2f | %10.2f %10.2f %10.2f | %10.2f %,12.0f %8.2f%s%n",
                row.from(),
                row.to(),
                row.quietAny() / 1e6,
                row.quietGroup() / 1e6,
                row.any() / 1e6,
                row.stayed() / 1e6,
                row.moved() / 1e6,
                row.commitNanos() / 1e6,
                row.recordsASecond(),
                row.others(),
                row.isNoisy() ? "!" : "");
    }
}
