package dev.gyre.raft.core;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param electionTimeoutMinNanos a leader silent for less is taken to live; votes are refused meanwhile
 * @param electionTimeoutMaxNanos the bound, exclusive, of the random time after which a node campaigns (thesis §3.4, §9.3)
 * @param heartbeatIntervalNanos between heartbeats; at most a third of the smallest election timeout, so that one may be lost
 * @param catchUpTimeoutNanos how long new voters may take to catch up before a membership change is given up
 * @param priority 0 campaigns first; each more waits one spread of timeouts longer
 */
public record Timing(
        long electionTimeoutMinNanos,
        long electionTimeoutMaxNanos,
        long heartbeatIntervalNanos,
        long catchUpTimeoutNanos,
        int priority) {
    private static final int MAX_PRIORITY = 100;

    /** Timing that can work. */
    public Timing {
        if (heartbeatIntervalNanos <= 0 || electionTimeoutMinNanos / 3 < heartbeatIntervalNanos) {
            throw new IllegalArgumentException("heartbeat interval of " + heartbeatIntervalNanos
                    + " ns: must be above 0 and at most a third of the smallest election timeout, "
                    + electionTimeoutMinNanos);
        }
        if (electionTimeoutMaxNanos <= electionTimeoutMinNanos) {
            throw new IllegalArgumentException("election timeout up to " + electionTimeoutMaxNanos
                    + " ns: must be above the smallest, " + electionTimeoutMinNanos);
        }
        if (catchUpTimeoutNanos <= 0) {
            throw new IllegalArgumentException("catch-up timeout of " + catchUpTimeoutNanos + " ns: must be above 0");
        }
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("priority " + priority + ": must be from 0 to " + MAX_PRIORITY);
        }
    }

    /** For a local network: elections after 150 to 300 ms (thesis §9.3), heartbeats each 40 ms. */
    public static Timing defaults() {
        return of(Duration.ofMillis(150), Duration.ofMillis(300), Duration.ofMillis(40));
    }

    /** These times, equal priority, and a minute for new voters. */
    public static Timing of(Duration electionTimeoutMin, Duration electionTimeoutMax, Duration heartbeatInterval) {
        return new Timing(
                electionTimeoutMin.toNanos(),
                electionTimeoutMax.toNanos(),
                heartbeatInterval.toNanos(),
                Duration.ofMinutes(1).toNanos(),
                0);
    }
}
