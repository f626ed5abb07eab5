package dev.gyre.stream.control;

/**
 * What one worker wrote for a snapshot; durable before it is reported.
 *
 * @param object the name of the object in the snapshot store: of this attempt alone
 * @param bytes how long it is
 * @param checksum of its bytes, as the store computes it
 */
public record SnapshotPart(int worker, String object, long bytes, long checksum) {}
