package dev.gyre.bench.stream.nexmark;

/**
 * How many bids for an auction came in a pane: what lies between the ends of two windows.
 *
 * @param endMillis of the pane
 */
public record PaneCount(long endMillis, long auction, long bids) {}
