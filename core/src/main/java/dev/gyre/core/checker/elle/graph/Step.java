package dev.gyre.core.checker.elle.graph;

/**
 * One edge of a dependency graph, and its reason.
 *
 * @param from the vertex that comes first
 * @param to the vertex that comes after it
 * @param relation why
 * @param before the version that {@code from} wrote or read, or {@link #NO_VERSION}
 * @param after the version that {@code to} wrote, or {@link #NO_VERSION}
 */
public record Step(int from, int to, Relation relation, int before, int after) {
    /** Stands for the initial state, or for no version at all. */
    public static final int NO_VERSION = -1;
}
