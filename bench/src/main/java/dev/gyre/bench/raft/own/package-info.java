/** Gyre's Raft as a contender: {@link dev.gyre.raft.RaftService} in nodes of a {@code LocalHost}. */
@NullMarked
package dev.gyre.bench.raft.own;

import org.jspecify.annotations.NullMarked;
