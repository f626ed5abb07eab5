package dev.gyre.bench.stream.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** How a command runs itself again in a JVM of its own, so that each run has the heap and the options that it is to have, and none has another's garbage. */
final class ChildJvm {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** What the command does when it is that JVM's. */
    @Option(names = "--here", hidden = true)
    private boolean isHere;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "-Xms and -Xmx (default: ${DEFAULT-VALUE}).",
            defaultValue = "4g")
    private String heap = "4g";

    @Option(names = "--jvm", paramLabel = "OPTION", description = "One more option for the JVM; may be repeated.")
    private List<String> options = List.of();

    /** Whether this is the JVM that measures. */
    boolean isHere() {
        return isHere;
    }

    /** What the JVM is, in a line. */
    String describe() {
        return "JDK %s, heap %s%s, %d processors"
                .formatted(
                        Runtime.version(),
                        heap,
                        options.isEmpty() ? "" : " " + String.join(" ", options),
                        Runtime.getRuntime().availableProcessors());
    }

    /** Runs a command with arguments, and shows what it prints. Its status: 0 if all is well. */
    int run(Class<?> command, List<String> arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xms" + heap, "-Xmx" + heap, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), command.getName(), "--here"));
        line.addAll(arguments);
        var process = new ProcessBuilder(line).inheritIO().start();
        // A measurement that is killed leaves no JVM behind; of one that has ended, this does nothing.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "last"));
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            System.out.println("!!! not at its end after " + PATIENCE);
            return 1;
        }
        return process.exitValue();
    }
}
