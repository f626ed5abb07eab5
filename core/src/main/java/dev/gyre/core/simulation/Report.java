package dev.gyre.core.simulation;

import java.time.Duration;

/**
 * A run that held.
 *
 * @param seed what it was drawn from
 * @param hash the rolling hash of its trace: the same seed gives the same hash
 * @param events how many messages, faults and lives of nodes the trace has
 * @param simulated how much virtual time passed
 * @param plan the faults that struck
 */
public record Report(long seed, long hash, long events, Duration simulated, FaultPlan plan) {}
