package dev.gyre.maelstrom.fire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: a follower is down under full load, then slow; prints memory and disk of it all, and ends with 1 when a bound was broken. */
@Command(
        name = "bench/run raft-lag",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Keeps a follower down and then slow under full load, and measures what that costs the leader.")
final class RaftLag implements Callable<Integer> {
    private static final int SECONDS_A_MINUTE = 60;

    @Option(names = "--minutes", defaultValue = "0.5", description = "the follower is down (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Option(
            names = "--snapshot-kib",
            defaultValue = "2048",
            description = "of log, after which nodes make a snapshot (default: ${DEFAULT-VALUE})")
    private int snapshotKib;

    @Option(names = "--data", description = "an empty folder for the nodes' files; default: a temporary one")
    private Optional<Path> data = Optional.empty();

    private RaftLag() {}

    /** Runs the command. */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.exit(new CommandLine(new RaftLag()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var folder = data.isPresent() ? data.get() : Files.createTempDirectory("raft-lag");
        var settings = new LagRun.Settings(minutes * SECONDS_A_MINUTE, snapshotKib);
        var problems = LagRun.run(settings, folder, System.out::println);
        problems.forEach(problem -> System.out.println("PROBLEM: " + problem));
        System.out.println(problems.isEmpty() ? "all bounds hold" : "not all bounds hold");
        if (data.isEmpty()) {
            RaftKill.delete(folder);
        }
        return problems.isEmpty() ? 0 : 1;
    }
}
