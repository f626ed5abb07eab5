/**
 * What a Raft has to offer to be measured beside others: {@link dev.gyre.bench.raft.RaftContender} starts a group of three
 * replicas, and {@link dev.gyre.bench.raft.Group} takes operations. Each replica's state machine counts them in a
 * {@link dev.gyre.bench.raft.Tally}. Depends on nothing but the JDK; the driver and the peers depend on it.
 */
@NullMarked
package dev.gyre.bench.raft;

import org.jspecify.annotations.NullMarked;
