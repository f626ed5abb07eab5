package dev.gyre.stream.operator;

/**
 * How far a record of the second input of a join may be from one of the first, in nanoseconds of event time.
 *
 * @param before it at most
 * @param after it at most
 */
public record Reach(long before, long after) {}
