/**
 * The simulator: a cluster of services in one thread, under virtual time and every fault, replayed exactly from a seed.
 * Deterministic, and the proof of it: {@link dev.gyre.core.simulation.Simulation#verify}. For one thread at a time; several
 * runs may go on in several threads.
 */
package dev.gyre.core.simulation;
