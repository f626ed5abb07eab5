/**
 * Time and chance for a run: a queue of what is due, ordered by time and then by the order of scheduling, and random streams
 * forked from one seed. Deterministic: time is what the driver says it is; no clocks, no threads. Depends on nothing.
 */
package dev.gyre.maelstrom.schedule;
