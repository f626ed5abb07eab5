/**
 * Two counters that many nodes add to. {@link dev.gyre.examples.counter.GCounterNode} grows only and keeps its counts in the
 * service {@code seq-kv}: it shows calls and their outcomes, how a writer copes with answers that never come, and how to read
 * exactly from a store that may answer from the past. {@link dev.gyre.examples.counter.PnCounterNode} goes up and down and
 * needs no service: it shows a CRDT that nodes gossip about. Both are deterministic.
 */
package dev.gyre.examples.counter;
