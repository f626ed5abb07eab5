/**
 * Broadcast: every element that one node is given reaches all, also when the network was cut in the meantime. Elements go
 * along a topology in batches, are confirmed by each neighbour, and are sent again until they are; how that works out for the
 * Fly.io challenges is in {@code docs/design/007-broadcast.md}. It shows calls with time-outs, timers, topologies, flags, and
 * how much can be left out of the books: of each neighbour a node keeps a place in its log, however long the neighbour is away.
 * Deterministic.
 */
package dev.gyre.examples.broadcast;
