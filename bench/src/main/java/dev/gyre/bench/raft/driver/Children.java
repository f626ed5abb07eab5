package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs jobs, each in a JVM of its own: no contender inherits another's compiled code, garbage or threads.
 *
 * @param heap its {@code -Xmx}
 * @param breaksReplica whether a replica miscounts on purpose
 * @param countsForces whether strace counts what is forced
 * @param log where to put what the contenders print
 */
record Children(String heap, boolean breaksReplica, boolean countsForces, Path log) {
    private static final Duration GRACE = Duration.ofMinutes(3);
    private static final String FORCES_FILE = "forces";

    /** What makes peers run on a new JDK, and be quiet. */
    private static final List<String> FLAGS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.net.preferIPv4Stack=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-Dorg.jooq.no-logo=true",
            "-Dorg.jooq.no-tips=true");

    Outcome run(Job job) throws IOException, InterruptedException {
        var outcome = new Outcome();
        Files.createDirectories(job.dir());
        var process = new ProcessBuilder(command(job))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // A benchmark that is killed leaves no JVM behind; of one that has ended, this does nothing.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "last"));
        var stopper = new Thread(() -> stopAfter(process, job), "patience");
        stopper.setDaemon(true);
        stopper.start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ContenderProcess.MARK)) {
                    outcome.add(line.substring(ContenderProcess.MARK.length()));
                }
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroy();
        }
        int status = process.waitFor();
        if (status != 0) {
            outcome.fail("ended with status " + status + "; see " + log);
        }
        if (countsForces) {
            outcome.countForces(forces(job));
        }
        return outcome;
    }

    private List<String> command(Job job) {
        List<String> command = new ArrayList<>();
        if (countsForces) {
            command.addAll(List.of("strace", "-f", "-c", "-e", "trace=fsync,fdatasync,msync", "-o"));
            command.add(job.dir().resolve(FORCES_FILE).toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(FLAGS);
        if (breaksReplica) {
            command.add("-D" + Tally.BROKEN_REPLICA + "=2");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ContenderProcess.class.getName()));
        command.addAll(job.toArguments());
        return command;
    }

    /** Calls and names, from the summary of strace. */
    private static String forces(Job job) throws IOException {
        var file = job.dir().resolve(FORCES_FILE);
        if (!Files.exists(file)) {
            return "strace left no counts";
        }
        return Files.readAllLines(file).stream()
                .map(line -> line.strip().split(" +", -1))
                .filter(words -> words.length >= 5 && words[words.length - 1].contains("sync"))
                .map(words -> words[3] + " " + words[words.length - 1])
                .collect(Collectors.joining(", "));
    }

    private static void stopAfter(Process process, Job job) {
        try {
            var measured = job.warmUp().plus(job.window().multipliedBy(job.times()));
            var trials = job.kind() == Job.Kind.LOAD ? Duration.ZERO : GRACE.multipliedBy(job.times());
            if (!process.waitFor(measured.plus(trials).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
