package dev.gyre.core.link;

import java.time.Duration;

/**
 * Bounds and times of links. The sizes must be the same at all nodes, or larger at receivers.
 *
 * @param sizes what a channel may send ahead of its consumer, and the largest item; a receiver holds at most both windows for each channel
 * @param maxRetainedBytes data sent to a peer and not acknowledged: what a connection that is cut costs in memory
 * @param maxRetainedControlBytes likewise of all else
 * @param maxEarlyBytes items that a receiver keeps when one before them is missing; more are dropped and come again
 * @param connectTimeoutNanos from {@code Hello} to its answer
 * @param backOffMinNanos the first wait before another try; doubled each time, and a part of it left to chance
 * @param backOffMaxNanos the longest
 * @param heartbeatNanos from one {@code Ping} to the next
 * @param silenceNanos without a word after which a connection is given up
 * @param downAfterNanos of failing after which sends are answered {@link Sent.PeerDown}
 * @param resendNanos without progress after which the oldest items are sent again; doubled each time, up to 16 times
 * @param ackDelayNanos for which acks and credits wait for company
 */
public record LinkSettings(
        LinkFrame.Sizes sizes,
        long maxRetainedBytes,
        long maxRetainedControlBytes,
        long maxEarlyBytes,
        long connectTimeoutNanos,
        long backOffMinNanos,
        long backOffMaxNanos,
        long heartbeatNanos,
        long silenceNanos,
        long downAfterNanos,
        long resendNanos,
        long ackDelayNanos) {
    /** What an item costs on top of its payload: the memory for its envelope, so that empty ones are bounded too. */
    public static final int OVERHEAD_BYTES = 64;

    /** Of one link; each may fill its windows, so this is a part of the memory bound. */
    public static final int MAX_CHANNELS = 4096;

    /** A channel's name is in each of its items. */
    public static final int MAX_NAME_BYTES = 255;

    /** A schema travels seldom, but must fit a frame. */
    public static final int MAX_SCHEMA_BYTES = 16 << 10;

    /** Settings that can work. */
    public LinkSettings {
        requirePositive("maxItemBytes", sizes.maxItemBytes() - OVERHEAD_BYTES);
        requireAtLeastItem("dataWindowBytes", sizes.dataWindowBytes(), sizes);
        requireAtLeastItem("controlWindowBytes", sizes.controlWindowBytes(), sizes);
        requireAtLeastItem("maxRetainedBytes", maxRetainedBytes, sizes);
        requireAtLeastItem("maxRetainedControlBytes", maxRetainedControlBytes, sizes);
        requirePositive("connectTimeoutNanos", connectTimeoutNanos);
        requirePositive("backOffMinNanos", backOffMinNanos);
        requirePositive("heartbeatNanos", heartbeatNanos);
        requirePositive("downAfterNanos", downAfterNanos);
        requirePositive("resendNanos", resendNanos);
        if (maxEarlyBytes < 0 || ackDelayNanos < 0) {
            throw new IllegalArgumentException("maxEarlyBytes is " + maxEarlyBytes + " and ackDelayNanos "
                    + ackDelayNanos + ": both must be at least 0");
        }
        if (backOffMaxNanos < backOffMinNanos) {
            throw new IllegalArgumentException(
                    "backOffMaxNanos is " + backOffMaxNanos + ": less than backOffMinNanos, " + backOffMinNanos);
        }
        if (silenceNanos <= heartbeatNanos) {
            throw new IllegalArgumentException("silenceNanos is " + silenceNanos
                    + ": a peer has to be heard again after heartbeatNanos, " + heartbeatNanos);
        }
    }

    /** Items of 1 MiB, windows of 4 and 2 MiB, 32 and 8 MiB retained, 32 MiB early; heartbeats each second, silence after 5, down after 10. */
    public static LinkSettings defaults() {
        return new LinkSettings(
                new LinkFrame.Sizes(4 << 20, 2 << 20, 1 << 20),
                32L << 20,
                8L << 20,
                32L << 20,
                Duration.ofSeconds(3).toNanos(),
                Duration.ofMillis(50).toNanos(),
                Duration.ofSeconds(5).toNanos(),
                Duration.ofSeconds(1).toNanos(),
                Duration.ofSeconds(5).toNanos(),
                Duration.ofSeconds(10).toNanos(),
                Duration.ofMillis(500).toNanos(),
                Duration.ofMillis(1).toNanos());
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ": must be above 0");
        }
    }

    private static void requireAtLeastItem(String name, long value, LinkFrame.Sizes sizes) {
        if (value < sizes.maxItemBytes()) {
            throw new IllegalArgumentException(name + " is " + value + ": not even one item of maxItemBytes, "
                    + sizes.maxItemBytes() + ", could pass");
        }
    }
}
