/**
 * A run: it initialises the nodes, lets clients work while faults come and go, repairs, reads a last time, and keeps the
 * history. Deterministic: one thread, time from the timeline, chance from seeded streams. How nodes are run is behind an
 * interface, and a driver outside moves the time. Depends on {@code dev.gyre.core.simulation}, {@code net}, {@code service}, {@code nemesis} and
 * {@code workload}.
 */
package dev.gyre.maelstrom.engine;
