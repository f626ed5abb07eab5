package dev.gyre.bench.stream.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs jobs, each in a JVM of its own: no contender inherits another's compiled code, garbage or threads.
 *
 * @param heap its {@code -Xmx} and {@code -Xms}
 * @param options more options for all of them
 * @param log where to put what the contenders print
 */
record Children(String heap, List<String> options, Path log) {
    private static final Duration GRACE = Duration.ofMinutes(3);

    /** What makes peers run on a new JDK, at their best, and quietly. */
    private static final List<String> FLAGS = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.net.preferIPv4Stack=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

    Children {
        options = List.copyOf(options);
    }

    Outcome run(Job job) throws IOException, InterruptedException {
        var outcome = new Outcome();
        var process = new ProcessBuilder(command(job))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // A benchmark that is killed leaves no JVM behind; of one that has ended, this does nothing.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "last"));
        var stopper = new Thread(() -> stopAfter(process, job.length().plus(GRACE)), "patience");
        stopper.setDaemon(true);
        stopper.start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ContenderProcess.MARK)) {
                    outcome.add(line.substring(ContenderProcess.MARK.length()));
                }
            }
        } finally {
            process.destroy();
        }
        int status = process.waitFor();
        if (status != 0) {
            outcome.fail("FAILED: ended with status " + status + "; see --log");
        }
        return outcome;
    }

    private List<String> command(Job job) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms" + heap, "-Xmx" + heap));
        command.addAll(FLAGS);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ContenderProcess.class.getName()));
        command.addAll(job.toArguments());
        return command;
    }

    private static void stopAfter(Process process, Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
