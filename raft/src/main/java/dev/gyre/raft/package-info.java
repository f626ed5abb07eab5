/**
 * Raft for nodes: {@link dev.gyre.raft.RaftService} is embedded in a service, replicates what it is given, and hands back what is committed, in the
 * same order at every node. {@code docs/design/018-raft-service.md} says how it carries out what {@code dev.gyre.raft.core} decides.
 *
 * <p>Deterministic: time, randomness, network and disk are those of the node. Depends on {@code dev.gyre.core} and the packages below this one.
 */
@NullMarked
package dev.gyre.raft;

import org.jspecify.annotations.NullMarked;
