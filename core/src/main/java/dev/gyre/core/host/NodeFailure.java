package dev.gyre.core.host;

/**
 * What has ended a node of a {@link LocalHost} that nobody stopped.
 *
 * @param nodeId the node
 * @param cause a {@link dev.gyre.core.InvariantViolation}, a {@link dev.gyre.core.StorageException}, what the service's factory
 *     has thrown, or an {@link Error}
 */
public record NodeFailure(String nodeId, Throwable cause) {}
