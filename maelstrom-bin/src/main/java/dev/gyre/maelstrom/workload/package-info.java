/**
 * Workloads: what clients ask, how requests and replies look on the wire, and which checker judges the history. Deterministic:
 * generators draw from seeded streams; no clocks, no threads. Depends on {@code json} and on core's histories and checkers.
 */
package dev.gyre.maelstrom.workload;
