package dev.gyre.bench.stream.driver;

import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/run stream}: keyed dataflows, ours and others in turn, and what can be written by hand. */
@Command(
        name = "bench/run stream",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Measures dataflow engines side by side: records a second, snapshots, and latency, on two threads.")
public final class StreamBench implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--only", split = ",", paramLabel = "ID", description = "Workloads such as W1, instead of all.")
    private List<String> only = List.of();

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Contenders, instead of all; ours, jet, flink and hand name two each, three all on three nodes.")
    private List<String> names = List.of();

    @Option(names = "--warm-up", description = "Seconds before anything is measured (default: 5; 25 for W6).")
    private Optional<Integer> warmUpSeconds = Optional.empty();

    @Option(names = "--seconds", description = "Length of a window (default: 10; 40 for W6).")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
            names = "--windows",
            defaultValue = "1",
            description = "Windows; the median of the quiet ones counts (default: 1).")
    private int windows;

    @Option(
            names = "--rounds",
            defaultValue = "1",
            description = "New JVMs of each contender, in turn with the others; the median of all their windows counts"
                    + " (default: 1).")
    private int rounds;

    @Option(names = "--heap", description = "-Xms and -Xmx of each JVM (default: 1g; 256m for W6, 4g for Nexmark).")
    private Optional<String> heap = Optional.empty();

    @Option(names = "--jvm", paramLabel = "OPTION", description = "One more option for each JVM; may be repeated.")
    private List<String> options = List.of();

    @Option(names = "--log", description = "Where stderr of the contenders goes (default: nowhere).")
    private Path log = Path.of("/dev/null");

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StreamBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds " + rounds + ": there is at least one");
        }
        var contenders = contenders();
        var workloads = workloads();
        var table = new Table(System.out);
        table.header(contenders, options);
        boolean isSound = true;
        for (var workload : workloads) {
            table.start(workload, heap.orElse(workload.heap()));
            isSound &= measure(contenders, workload, table);
            table.end();
        }
        return isSound ? 0 : 1;
    }

    private boolean measure(List<StreamContender> contenders, Workload workload, Table table)
            throws IOException, InterruptedException {
        boolean isSound = true;
        var runs = new HashMap<String, List<Outcome>>();
        for (int round = 1; round <= rounds; round++) {
            boolean isLast = round == rounds;
            for (var contender : contenders) {
                var gap = contender.gap(workload);
                if (gap.isPresent() && isLast) {
                    table.addGap(contender.name(), gap.get());
                }
                if (gap.isPresent()) {
                    continue;
                }
                var those = runs.computeIfAbsent(contender.name(), absent -> new ArrayList<>());
                those.add(run(contender, workload));
                if (isLast) {
                    var outcome = Outcome.of(those);
                    table.add(contender.name(), outcome);
                    isSound &= outcome.fault().isEmpty();
                }
            }
        }
        return isSound;
    }

    private Outcome run(StreamContender contender, Workload workload) throws IOException, InterruptedException {
        var warmUp = warmUpSeconds.map(Duration::ofSeconds).orElse(workload.warmUp());
        var window = seconds.map(Duration::ofSeconds).orElse(workload.window());
        var job = new Job(contender.name(), workload, warmUp, window, windows);
        return new Children(heap.orElse(workload.heap()), options, log).run(job);
    }

    private List<StreamContender> contenders() {
        if (names.isEmpty()) {
            return Contenders.all();
        }
        return names.stream().flatMap(name -> named(name).stream()).toList();
    }

    private List<StreamContender> named(String name) {
        var found = Contenders.named(name);
        if (found.isEmpty()) {
            var all = Contenders.all().stream().map(StreamContender::name).toList();
            throw new ParameterException(spec.commandLine(), "No contender is called " + name + "; there are " + all);
        }
        return found;
    }

    private List<Workload> workloads() {
        if (only.isEmpty()) {
            return List.of(Workload.values());
        }
        return only.stream().map(this::workload).toList();
    }

    private Workload workload(String id) {
        return Workload.of(id).orElseThrow(() -> {
            var all = Arrays.stream(Workload.values()).map(Workload::id).toList();
            return new ParameterException(spec.commandLine(), "No workload is called " + id + "; there are " + all);
        });
    }
}
