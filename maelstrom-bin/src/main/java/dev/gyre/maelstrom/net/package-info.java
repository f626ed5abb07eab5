/**
 * The network between nodes, clients and services: latency, cuts, the journal's entries, and counts. Deterministic: time comes
 * from the timeline, chance from a seeded stream; no clocks, no threads. Depends on {@code dev.gyre.core.simulation}, {@code journal} and
 * {@code json}.
 */
package dev.gyre.maelstrom.net;
