package dev.gyre.stream.control;

import java.time.Duration;
import java.util.Optional;

/**
 * How a job is run.
 *
 * @param workersToBegin how many workers the first generation waits for and begins with, and one that follows a suspension; from 1
 * @param heartbeatTimeout a worker that is silent for so long is lost
 * @param solicitInterval how long the coordinator waits for a report before it asks again; a fraction of the timeouts
 * @param snapshotInterval from the end of a snapshot to the begin of the next; none: only when somebody asks
 * @param snapshotTimeout a snapshot that takes longer is aborted
 * @param rescaleTimeout a rescale that takes longer is reported; it goes on
 * @param retryDelay before a snapshot that failed is tried again, and between the starts of generations that fail
 * @param maxSnapshots how many snapshots are kept, from 1
 */
public record ControlSettings(
        int workersToBegin,
        Duration heartbeatTimeout,
        Duration solicitInterval,
        Optional<Duration> snapshotInterval,
        Duration snapshotTimeout,
        Duration rescaleTimeout,
        Duration retryDelay,
        int maxSnapshots) {
    /** One worker, 5 s of silence, a snapshot each 10 s that takes 60 s at most, 3 snapshots kept. */
    public static final ControlSettings DEFAULT = new ControlSettings(
            1,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Optional.of(Duration.ofSeconds(10)),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            3);

    /**
     * Makes sure that a job can be run like this; a {@link Coordinator} does so.
     *
     * @throws IllegalArgumentException when a number is below 1, or a time is not positive
     */
    public void check() {
        if (workersToBegin < 1 || maxSnapshots < 1) {
            throw new IllegalArgumentException("a job needs at least 1 worker and keeps at least 1 snapshot, not "
                    + workersToBegin + " and " + maxSnapshots);
        }
        positive("heartbeat timeout", heartbeatTimeout);
        positive("solicit interval", solicitInterval);
        snapshotInterval.ifPresent(interval -> positive("snapshot interval", interval));
        positive("snapshot timeout", snapshotTimeout);
        positive("rescale timeout", rescaleTimeout);
        positive("retry delay", retryDelay);
    }

    private static void positive(String what, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("the " + what + " must be positive, not " + time);
        }
    }
}
