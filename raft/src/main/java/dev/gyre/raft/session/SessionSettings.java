package dev.gyre.raft.session;

import java.time.Duration;

/**
 * Bounds of sessions. They decide what is carried out, so they are a part of the replicated state: all replicas begin with the same, and
 * change them at the same entry ({@link Sessions#reconfigure}).
 *
 * @param maxSessions with one more, the least recently used one expires; from 1
 * @param window how far a request may be ahead of what its client has acknowledged, and so how many may be under way at once and how many
 *     answers a session keeps; from 1 to 2^20
 * @param maxAnswerBytes a session that keeps this many or more takes no new request before the client acknowledges; so it keeps less than
 *     this and one answer more. From 1; with 12 bytes for each answer in the window, and for all sessions together, at most
 *     2^30, so that a snapshot can hold them
 * @param idleTimeoutNanos a session that was not used for longer, in the log's time, expires; from 1
 */
public record SessionSettings(int maxSessions, int window, int maxAnswerBytes, long idleTimeoutNanos) {
    /** What an answer takes besides its own bytes. */
    static final int ANSWER_BYTES = Long.BYTES + Integer.BYTES;

    private static final int MAX_WINDOW = 1 << 20;
    private static final long MAX_TOTAL_BYTES = 1L << 30;

    /**
     * Settings.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public SessionSettings {
        requireWithin("maxSessions", maxSessions, Integer.MAX_VALUE);
        requireWithin("window", window, MAX_WINDOW);
        requireWithin("maxAnswerBytes", maxAnswerBytes, Integer.MAX_VALUE);
        requireWithin("idleTimeoutNanos", idleTimeoutNanos, Long.MAX_VALUE);
        long bytesEach = maxAnswerBytes + (long) ANSWER_BYTES * window;
        if (maxSessions * bytesEach > MAX_TOTAL_BYTES) {
            throw new IllegalArgumentException(maxSessions + " sessions with " + bytesEach
                    + " bytes of answers each are more than " + MAX_TOTAL_BYTES + ", and no snapshot could hold them");
        }
    }

    private static void requireWithin(String name, long value, long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ": must be from 1 to " + max);
        }
    }

    /** 10,000 sessions, 128 requests under way and 64 KiB of answers each; an hour, as LogCabin has it. */
    public static SessionSettings defaults() {
        return new SessionSettings(10_000, 128, 1 << 16, Duration.ofHours(1).toNanos());
    }
}
