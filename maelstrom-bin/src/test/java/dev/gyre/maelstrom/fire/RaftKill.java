package dev.gyre.maelstrom.fire;

import dev.gyre.maelstrom.process.Entropy;
import dev.gyre.maelstrom.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: kills nodes of {@code lin-kv}, prints what came of it, and ends with 1 when anything was lost or out of order. */
@Command(
        name = "bench/run raft-kill",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Kills real processes of a key-value store on Raft, with real folders, under load; judges all that clients saw.")
final class RaftKill implements Callable<Integer> {
    private static final double NANOS_A_SECOND = 1e9;

    @Option(
            names = "--rounds",
            defaultValue = "50",
            description = "in each, nodes are killed (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--nodes", defaultValue = "3", description = "(default: ${DEFAULT-VALUE})")
    private int nodes;

    @Option(names = "--seconds-a-round", defaultValue = "3", description = "at least (default: ${DEFAULT-VALUE})")
    private double secondsARound;

    @Option(
            names = "--entries",
            defaultValue = "0",
            description = "written before the first round, to restart with so many (default: ${DEFAULT-VALUE})")
    private int entries;

    @Option(names = "--clients", defaultValue = "5", description = "at each node (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "operations a second at most; 0: each client asks again as soon as it is answered")
    private int rate;

    @Option(
            names = "--snapshot-kib",
            defaultValue = "0",
            description = "of log, after which nodes make a snapshot; 0: as they do by default")
    private int snapshotKib;

    @Option(names = "--seed", description = "what strikes; not when, to the microsecond (default: another each time)")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--bin",
            defaultValue = "maelstrom-bin/lin-kv",
            description = "the node (default: ${DEFAULT-VALUE})")
    private Path bin = Path.of("");

    @Option(names = "--data", description = "a folder that is kept; default: one that is deleted if all is well")
    private Optional<Path> data = Optional.empty();

    private RaftKill() {}

    /** Runs the command. */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.exit(new CommandLine(new RaftKill()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean isTerminal = Boolean.getBoolean("gyre.terminal");
        var folder = data.isPresent() ? Files.createDirectories(data.get()) : Files.createTempDirectory("raft-kill");
        var command = new ArrayList<>(List.of(bin.toAbsolutePath().toString()));
        if (snapshotKib > 0) {
            command.addAll(List.of("--snapshot-kib", Integer.toString(snapshotKib)));
        }
        var spec = new ProcessSpec(command, folder, folder, folder.toAbsolutePath(), Optional.empty());
        var settings = new KillRun.Settings(
                rounds, nodes, secondsARound, entries, clients, rate, seed.orElseGet(Entropy::seed));
        var report = KillRun.run(settings, spec, line -> {
            if (isTerminal) {
                System.err.print("\r\u001b[K" + line);
            }
        });
        if (isTerminal) {
            System.err.print("\r\u001b[K");
        }
        System.out.print(describe(report));
        if (report.isValid() && data.isEmpty()) {
            delete(folder);
        } else {
            System.out.println("files and logs of the nodes: " + folder);
        }
        return report.isValid() ? 0 : 1;
    }

    /** All figures, and the verdict. */
    static String describe(KillRun.Report report) {
        var ledger = report.ledger();
        var text = new StringBuilder();
        line(
                text,
                "rounds",
                report.settings().rounds() + " ("
                        + report.strikes().entrySet().stream()
                                .map(strike -> strike.getKey() + " " + strike.getValue())
                                .collect(Collectors.joining(", "))
                        + "), seed " + report.settings().seed());
        line(
                text,
                "kill -9",
                report.kills() + " processes of " + report.settings().nodes() + " nodes");
        line(
                text,
                "operations",
                ledger.invoked() + ": " + ledger.acknowledged() + " acknowledged, of them "
                        + ledger.acknowledgedWrites() + " writes; " + ledger.unknown() + " of unknown fate");
        line(text, "restarts to first answer", times(report.servedAfterNanos()));
        if (report.settings().entries() > 0) {
            line(text, "of one node, " + report.settings().entries() + " entries", times(report.oneByOneNanos()));
            line(text, "of all at once, as many", times(report.allAtOnceNanos()));
        }
        line(
                text,
                "read back",
                report.readBack() + " values of " + ledger.owed().size()
                        + " keys that were written once, and of all others at each node");
        report.problems().forEach(problem -> line(text, "PROBLEM", problem));
        line(
                text,
                "history",
                report.verdict().validity() + ": " + report.verdict().sentence());
        return text.toString();
    }

    static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-34s %s%n", name, value));
    }

    static String times(List<Long> nanos) {
        if (nanos.isEmpty()) {
            return "none";
        }
        var sorted = nanos.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%d: median %.2f s, worst %.2f s",
                sorted.size(),
                sorted.get(sorted.size() / 2) / NANOS_A_SECOND,
                sorted.getLast() / NANOS_A_SECOND);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
