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

/** {@code bench/run stream-idle}: what a job costs that has nothing to do. */
@Command(
        name = "bench/run stream-idle",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Measures the processor time of a job whose source has nothing to give.")
public final class StreamIdle implements Callable<Integer> {
    /** Of one processor. */
    private static final double BAR = 0.01;

    private static final Duration SETTLE = Duration.ofSeconds(5);

    @Option(names = "--seconds", description = "How long (default: ${DEFAULT-VALUE}).", defaultValue = "30")
    private int seconds;

    @Option(names = "--workers", description = "How many (default: ${DEFAULT-VALUE}).", defaultValue = "4")
    private int workers;

    @Option(
            names = "--poll",
            description = "Milliseconds between two looks of the source (default: ${DEFAULT-VALUE}).",
            defaultValue = "50")
    private int pollMillis;

    @Option(
            names = "--work",
            split = ",",
            description =
                    "Seconds for which it has work before; 0: none, so that much is interpreted and compiled meanwhile (default: ${DEFAULT-VALUE}).",
            defaultValue = "0,20")
    private List<Integer> workSeconds = List.of();

    @Mixin
    private ChildJvm jvm = new ChildJvm();

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StreamIdle()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!jvm.isHere()) {
            System.out.println(jvm.describe());
            int status = 0;
            for (int work : workSeconds) {
                status = Math.max(
                        status,
                        jvm.run(
                                StreamIdle.class,
                                List.of(
                                        "--seconds=" + seconds,
                                        "--workers=" + workers,
                                        "--poll=" + pollMillis,
                                        "--work=" + work)));
            }
            return status;
        }
        int work = workSeconds.getFirst();
        var settings = new IdleRun.Settings(
                workers, Duration.ofMillis(pollMillis), Duration.ofSeconds(work), SETTLE, Duration.ofSeconds(seconds));
        var report = IdleRun.run(settings);
        boolean isKept = report.polls() > 0 && (work == 0 || report.share() < BAR);
        System.out.printf(
                "%d workers, %s, nothing to do for %d s, the source asked %d times: %.2f %% of one processor; %s; others %.2f%s%n",
                workers,
                work == 0 ? "just started" : "at work for %d s (%,d records)".formatted(work, report.records()),
                seconds,
                report.polls(),
                report.share() * 100,
                work == 0
                        ? "no bar, compilers are at work"
                        : "bar %.0f %%: %s".formatted(BAR * 100, isKept ? "kept" : "MISSED"),
                report.others(),
                report.others() > OtherProcesses.NOISY ? "!" : "");
        return isKept ? 0 : 1;
    }
}
