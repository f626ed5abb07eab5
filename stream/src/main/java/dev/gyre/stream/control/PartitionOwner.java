package dev.gyre.stream.control;

/**
 * Which worker polls a partition.
 *
 * @param owner the worker
 */
public record PartitionOwner(PartitionId id, int owner) {}
