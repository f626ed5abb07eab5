package dev.gyre.maelstrom.report;

import java.util.List;

/**
 * A stretch of time during which a fault was in force.
 *
 * @param name what was wrong, in a word or two for people, such as {@code partition n0 | n1 n2}
 * @param fromNanos when it began, in nanoseconds since the run began, at least 0
 * @param toNanos when it was healed, in the same measure; {@link Long#MAX_VALUE} if it never was
 */
public record FaultWindow(String name, long fromNanos, long toNanos) {
    /** A nemesis acts every few seconds: more windows than this would only be a grey picture. */
    static final int DRAWN_MAX = 500;

    /** Rejects a window that ends before it begins. */
    public FaultWindow {
        if (fromNanos < 0 || toNanos < fromNanos) {
            throw new IllegalArgumentException("fault " + name + " is from " + fromNanos + " to " + toNanos
                    + " ns; a window starts at 0 or later, and ends after its start");
        }
    }

    /** The windows that pictures show. */
    static List<FaultWindow> drawn(List<FaultWindow> faults) {
        return faults.subList(0, Math.min(faults.size(), DRAWN_MAX));
    }

    /** What a reader who points at the window sees. */
    String details() {
        return Text.cut(name) + "\nfrom " + Numbers.seconds(fromNanos, 3)
                + (toNanos == Long.MAX_VALUE ? " s, never healed" : " to " + Numbers.seconds(toNanos, 3) + " s");
    }
}
