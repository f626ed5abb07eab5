package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.Group;
import dev.gyre.bench.raft.RaftContender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The JVM in which one contender runs. What it found goes to stdout, a line each that starts with {@link #MARK}; whatever else
 * is printed goes to stderr.
 */
public final class ContenderProcess {
    /** How lines for the parent begin. */
    static final String MARK = "@bench ";

    private static final Duration ELECTION_PATIENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(30);
    private static final Duration AGREEMENT_PATIENCE = Duration.ofSeconds(30);

    private final Job job;
    private final RaftContender contender;
    private final PrintStream parent;

    private ContenderProcess(Job job, PrintStream parent) {
        this.job = job;
        this.parent = parent;
        contender = Contenders.named(job.contender()).orElseThrow();
    }

    /** Runs one job. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) {
        var parent = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // some peers print what they do
        int status = 0;
        try {
            var process = new ContenderProcess(Job.ofArguments(args), parent);
            process.run();
        } catch (Exception e) {
            e.printStackTrace();
            parent.println(MARK + "error " + e.toString().replaceAll("\\s+", " "));
            status = 1;
        }
        System.exit(status); // peers leave threads behind
    }

    private void run() throws Exception {
        switch (job.kind()) {
            case LOAD -> load();
            case FAIL_OVER, TRANSFER -> {
                for (int i = 0; i < job.times(); i++) {
                    trial(Files.createDirectories(job.dir().resolve("trial-" + i)));
                }
            }
        }
    }

    /** One fail-over, of a group of its own. If it fails, the next may not. */
    private void trial(Path dir) throws Exception {
        try (var group = contender.start(job.cell().mode(), job.timing(), dir)) {
            awaitLeader(group);
            var failOver = new FailOver(group, job);
            failOver.warmUp();
            tell("millis " + failOver.millis());
        } catch (TimeoutException | IllegalStateException e) {
            tell("trial-failed " + e.getMessage());
        }
    }

    private void load() throws Exception {
        var cell = job.cell();
        try (var group = contender.start(cell.mode(), job.timing(), job.dir())) {
            awaitLeader(group);
            try (var load = new Load(group, cell.payload(), cell.outstanding())) {
                load.measure(job.warmUp());
                for (int i = 0; i < job.times(); i++) {
                    var window = load.measure(job.window());
                    tell(Outcome.line(window));
                }
                boolean ended = load.stop(DRAIN_PATIENCE);
                var agreement = Agreement.await(group, load, AGREEMENT_PATIENCE);
                tell("submitted " + load.submitted());
                tell("agreement " + (ended && agreement.holds()) + " " + agreement.behind() + " " + agreement.found());
            }
        }
    }

    /** Waits until a replica leads, and tells which. */
    static int awaitLeader(Group group) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + ELECTION_PATIENCE.toNanos();
        int leader = group.leader();
        for (; leader < 0; leader = group.leader()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no leader within " + ELECTION_PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(1);
        }
        return leader;
    }

    private void tell(String line) {
        parent.println(MARK + line);
    }
}
