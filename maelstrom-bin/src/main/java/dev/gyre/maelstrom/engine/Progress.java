package dev.gyre.maelstrom.engine;

import java.util.List;

/**
 * How far a run is.
 *
 * @param phase what it does now, such as {@code running}
 * @param elapsedNanos how long clients have been at work, or how long the present phase has taken
 * @param limitNanos how long that takes at most
 * @param counts operations so far
 * @param faults what is broken now, for people
 */
public record Progress(String phase, long elapsedNanos, long limitNanos, Counts counts, List<String> faults) {
    /** Operations invoked, and how those that ended did. */
    public record Counts(int invoked, int ok, int failed, int unknown) {}
}
