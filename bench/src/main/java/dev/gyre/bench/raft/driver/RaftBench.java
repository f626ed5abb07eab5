package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.Mode;
import dev.gyre.bench.raft.RaftContender;
import dev.gyre.bench.raft.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/run raft}: groups of three replicas, ours and others in turn. */
@Command(
        name = "bench/run raft",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Measures Rafts side by side: throughput, latency and fail-over of three replicas in one JVM.")
public final class RaftBench implements Callable<Integer> {
    private static final int FAIL_OVER_PAYLOAD = 16;
    private static final int FAIL_OVER_OUTSTANDING = 16;

    /** The parts of the benchmark. */
    enum Part {
        LOAD,
        FAIL_OVER
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Contenders, instead of all.")
    private List<String> only = List.of();

    @Option(names = "--mode", split = ",", description = "memory, durable (default: both).")
    private List<Mode> modes = List.of(Mode.values());

    @Option(names = "--payload", split = ",", description = "Bytes an operation (default: 16,256).")
    private List<Integer> payloads = List.of(16, 256);

    @Option(names = "--outstanding", split = ",", description = "Operations under way (default: 1024,64,1).")
    private List<Integer> outstandings = List.of(1_024, 64, 1);

    @Option(names = "--part", split = ",", description = "load, fail_over (default: both).")
    private List<Part> parts = List.of(Part.values());

    @Option(names = "--warm-up", defaultValue = "5", description = "Seconds before anything is measured (default: 5).")
    private int warmUpSeconds;

    @Option(names = "--seconds", defaultValue = "10", description = "Length of a window (default: 10).")
    private int seconds;

    @Option(names = "--windows", defaultValue = "1", description = "Windows; the median of the quiet ones counts.")
    private int windows;

    @Option(
            names = "--runs",
            defaultValue = "1",
            description =
                    "JVMs a contender and row of the load, all contenders in turn; the median of all windows counts.")
    private int runs;

    @Option(names = "--fail-overs", defaultValue = "5", description = "Fail-overs of each kind (default: 5).")
    private int failOvers;

    @Option(names = "--heap", defaultValue = "4g", description = "-Xmx of each contender's JVM (default: 4g).")
    private String heap = "4g";

    @Option(names = "--dir", description = "Where logs go; must be on a disk (default: java.io.tmpdir).")
    private Path dir = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--count-forces", description = "Count fsync and fdatasync by strace. Figures are then too low.")
    private boolean countsForces;

    @Option(names = "--break-replica", description = "The third replica miscounts, to see that this is noticed.")
    private boolean breaksReplica;

    @Option(names = "--log", description = "Where stderr of the contenders goes (default: nowhere).")
    private Path log = Path.of("/dev/null");

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RaftBench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    private List<RaftContender> contenders() {
        for (var name : only) {
            if (Contenders.named(name).isEmpty()) {
                var names = Contenders.all().stream().map(RaftContender::name).toList();
                throw new ParameterException(
                        spec.commandLine(), "No contender is called " + name + "; there are " + names);
            }
        }
        return Contenders.all().stream()
                .filter(contender -> only.isEmpty() || only.contains(contender.name()))
                .toList();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs is 1 or more, not " + runs);
        }
        var contenders = contenders();
        var table = new Table(System.out);
        try (var scratch = new Scratch(dir)) {
            if (modes.contains(Mode.DURABLE) && !scratch.isDisk()) {
                System.err.println(
                        dir + " is on " + scratch.fileSystem() + ", which is no disk; name a folder with --dir");
                return 2;
            }
            table.header(contenders, heap, scratch.fileSystem());
            boolean sound = true;
            if (parts.contains(Part.LOAD)) {
                for (var cell : cells()) {
                    sound &= row(cell, contenders, scratch, table);
                }
            }
            if (parts.contains(Part.FAIL_OVER)) {
                sound &= failOver(contenders, scratch, table);
            }
            return sound ? 0 : 1;
        }
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (var mode : modes) {
            for (int payload : payloads) {
                for (int outstanding : outstandings) {
                    cells.add(new Cell(mode, payload, outstanding));
                }
            }
        }
        return cells;
    }

    private Children children() {
        return new Children(heap, breaksReplica, countsForces, log);
    }

    private boolean row(Cell cell, List<RaftContender> contenders, Scratch scratch, Table table)
            throws IOException, InterruptedException {
        table.startRow(cell);
        boolean sound = true;
        var outcomes = contenders.stream().map(contender -> new Outcome()).toList();
        for (int last = runs - 1; last >= 0; last--) {
            for (int i = 0; i < contenders.size(); i++) {
                var outcome = outcomes.get(i);
                outcome.add(run(job(contenders.get(i), Job.Kind.LOAD, cell, Timing.DEFAULT, scratch)));
                if (last == 0) {
                    sound &= outcome.fault().isEmpty();
                    table.add(contenders.get(i).name(), outcome);
                }
            }
        }
        if (cell.mode() == Mode.DURABLE) {
            for (boolean preallocated : new boolean[] {false, true}) {
                var raw = RawDisk.measure(
                        cell, scratch.dir(), preallocated, Duration.ofSeconds(1), Duration.ofSeconds(seconds));
                table.addRaw(preallocated ? "raw, preallocated" : "raw append + force", raw);
            }
        }
        table.endRow();
        return sound;
    }

    private boolean failOver(List<RaftContender> contenders, Scratch scratch, Table table)
            throws IOException, InterruptedException {
        var cell = new Cell(Mode.MEMORY, FAIL_OVER_PAYLOAD, FAIL_OVER_OUTSTANDING);
        boolean sound = true;
        table.startFailOver();
        for (var contender : contenders) {
            for (var timing : Timing.values()) {
                var outcome = run(job(contender, Job.Kind.FAIL_OVER, cell, timing, scratch));
                sound &= outcome.error().isEmpty() && outcome.failedTrials().isEmpty();
                table.addFailOver(contender.name(), "silent, " + timing, outcome);
            }
            var outcome = run(job(contender, Job.Kind.TRANSFER, cell, Timing.DEFAULT, scratch));
            sound &= outcome.error().isEmpty() && outcome.failedTrials().isEmpty();
            table.addFailOver(contender.name(), "transfer", outcome);
        }
        return sound;
    }

    private Outcome run(Job job) throws IOException, InterruptedException {
        try {
            return children().run(job);
        } finally {
            Scratch.delete(job.dir());
        }
    }

    private Job job(RaftContender contender, Job.Kind kind, Cell cell, Timing timing, Scratch scratch) {
        return new Job(
                contender.name(),
                kind,
                cell,
                timing,
                Duration.ofSeconds(warmUpSeconds),
                Duration.ofSeconds(seconds),
                kind == Job.Kind.LOAD ? windows : failOvers,
                scratch.next());
    }
}
