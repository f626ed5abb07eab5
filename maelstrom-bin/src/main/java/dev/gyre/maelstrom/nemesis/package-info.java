/**
 * Faults: what they are, and when they begin and end. Deterministic: time comes from the timeline, chance from a seeded stream;
 * no clocks, no threads. Depends on {@code dev.gyre.core.simulation}, and on {@code json} for what is asked of nodes:
 * what a fault acts on is an interface.
 */
package dev.gyre.maelstrom.nemesis;
