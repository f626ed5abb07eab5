package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.Mode;
import dev.gyre.bench.raft.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a JVM is started for: to measure one contender in one way.
 *
 * @param contender its name
 * @param kind what is measured
 * @param cell the mode, and the load
 * @param timing the time-outs of the group
 * @param warmUp load before anything is measured
 * @param window how long each window is
 * @param times how many windows, or how many fail-overs
 * @param dir a folder for this job alone
 */
record Job(
        String contender, Kind kind, Cell cell, Timing timing, Duration warmUp, Duration window, int times, Path dir) {
    /** What can be measured. */
    enum Kind {
        /** Throughput and latency under a load. */
        LOAD,
        /** From the leader's stopping silently to the next commit. */
        FAIL_OVER,
        /** From asking the leader to hand over to the next commit by another. */
        TRANSFER
    }

    /** The job as arguments of {@link ContenderProcess}. */
    List<String> toArguments() {
        return List.of(
                contender,
                kind.name(),
                cell.mode().name(),
                Integer.toString(cell.payload()),
                Integer.toString(cell.outstanding()),
                timing.name(),
                Long.toString(warmUp.toMillis()),
                Long.toString(window.toMillis()),
                Integer.toString(times),
                dir.toString());
    }

    static Job ofArguments(String... arguments) {
        var cell = new Cell(Mode.valueOf(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        return new Job(
                arguments[0],
                Kind.valueOf(arguments[1]),
                cell,
                Timing.valueOf(arguments[5]),
                Duration.ofMillis(Long.parseLong(arguments[6])),
                Duration.ofMillis(Long.parseLong(arguments[7])),
                Integer.parseInt(arguments[8]),
                Path.of(arguments[9]));
    }
}
