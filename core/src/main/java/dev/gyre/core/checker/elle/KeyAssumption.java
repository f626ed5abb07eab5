package dev.gyre.core.checker.elle;

/**
 * What is taken for granted of each register by itself, to learn more of the order of its versions. Each is a promise
 * that the database must make: if it does not, the checker finds anomalies that are none.
 */
public enum KeyAssumption {
    /** Each process sees and makes the versions of a register in their order. */
    SEQUENTIAL,
    /** Of two transactions on a register, one of which ended before the other began, the later has the later version. */
    LINEARIZABLE
}
