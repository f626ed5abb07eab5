package dev.gyre.bench.stream.driver;

import dev.gyre.bench.stream.Workload;
import java.time.Duration;
import java.util.List;

/**
 * What a JVM is started for.
 *
 * @param contender its name
 * @param workload what it is to do
 * @param warmUp load before anything is measured
 * @param window how long each window is
 * @param windows how many there are
 */
record Job(String contender, Workload workload, Duration warmUp, Duration window, int windows) {
    /** The job as arguments of {@link ContenderProcess}. */
    List<String> toArguments() {
        return List.of(
                contender,
                workload.name(),
                Long.toString(warmUp.toMillis()),
                Long.toString(window.toMillis()),
                Integer.toString(windows));
    }

    static Job ofArguments(String... arguments) {
        return new Job(
                arguments[0],
                Workload.valueOf(arguments[1]),
                Duration.ofMillis(Long.parseLong(arguments[2])),
                Duration.ofMillis(Long.parseLong(arguments[3])),
                Integer.parseInt(arguments[4]));
    }

    /** How long all windows and the warm-up take. */
    Duration length() {
        return warmUp.plus(window.multipliedBy(windows));
    }
}
