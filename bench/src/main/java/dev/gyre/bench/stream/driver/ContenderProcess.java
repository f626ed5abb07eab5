package dev.gyre.bench.stream.driver;

import dev.gyre.bench.OtherProcesses;
import dev.gyre.bench.stream.Feed;
import dev.gyre.bench.stream.Reference;
import dev.gyre.bench.stream.Snapshots;
import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Tally;
import dev.gyre.bench.stream.nexmark.PlainNexmark;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JVM in which one contender runs one workload. What it found goes to stdout, a line each that starts with {@link #MARK}; whatever else is printed
 * goes to stderr.
 */
public final class ContenderProcess {
    /** How lines for the parent begin. */
    static final String MARK = "@bench ";

    /** For engines that take long to start, and to stop, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Job job;
    private final PrintStream parent;
    private final FutureTask<Boolean> running;

    private ContenderProcess(Job job, PrintStream parent) {
        this.job = job;
        this.parent = parent;
        var contender = Contenders.named(job.contender()).getFirst();
        running = new FutureTask<>(task(contender));
    }

    private Callable<Boolean> task(StreamContender contender) {
        return () -> {
            contender.run(job.workload());
            return true;
        };
    }

    /** Runs one job. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) {
        var parent = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // some peers print what they do
        int status = 0;
        try {
            new ContenderProcess(Job.ofArguments(args), parent).run();
        } catch (Exception e) {
            e.printStackTrace();
            var cause = e instanceof ExecutionException ? e.getCause() : e;
            parent.println(MARK + "error " + String.valueOf(cause).replaceAll("\\s+", " "));
            status = 1;
        }
        System.exit(status); // peers leave threads behind
    }

    private void run() throws InterruptedException, ExecutionException, TimeoutException {
        Feed.prepare(job.workload());
        new Thread(running, "contender").start();
        awaitRecords();
        runFor(job.warmUp());
        for (int i = 0; i < job.windows(); i++) {
            tell("window " + measure().line());
        }
        Feed.end();
        running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        check();
    }

    private void awaitRecords() throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Feed.emitted() == 0) {
            runFor(Duration.ofMillis(1));
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no record within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** Lets it run; it must not end. */
    private void runFor(Duration duration) throws InterruptedException, ExecutionException {
        try {
            running.get(duration.toNanos(), TimeUnit.NANOSECONDS);
            throw new IllegalStateException("it ended before its feed did");
        } catch (TimeoutException e) {
            return; // as it should
        }
    }

    private Window measure() throws InterruptedException, ExecutionException {
        Tally.latencies();
        Snapshots.drainNanos();
        var others = new OtherProcesses();
        long before = Feed.emitted();
        long from = System.nanoTime();
        runFor(job.window());
        double seconds = (System.nanoTime() - from) / 1e9;
        long records = Feed.emitted() - before;
        double own = others.ownProcessors();
        double busy = others.processors();
        var latencies = Tally.latencies();
        var snapshots =
                Snapshots.drainNanos().stream().mapToLong(nanos -> nanos).summaryStatistics();
        return new Window(
                records / seconds,
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6,
                snapshots.getCount(),
                snapshots.getAverage() / 1e6,
                own,
                busy);
    }

    private void check() {
        long[] emitted = new long[Feed.PARTITIONS];
        for (int i = 0; i < emitted.length; i++) {
            emitted[i] = Feed.emitted(i);
        }
        var workload = job.workload();
        var expected = workload.isNexmark() ? PlainNexmark.of(workload, emitted) : Reference.of(workload, emitted);
        var found = Tally.result();
        tell(found.equals(expected) ? "right " + found.records() : "wrong expected " + expected + ", found " + found);
    }

    private void tell(String line) {
        parent.println(MARK + line);
    }
}
