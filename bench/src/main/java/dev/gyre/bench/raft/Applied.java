package dev.gyre.bench.raft;

/**
 * What a replica's state machine has applied.
 *
 * @param count how many operations
 * @param checksum of their bytes and order
 */
public record Applied(long count, long checksum) {}
