/**
 * The core of Raft: a pure function of inputs to outputs, to be read next to Ongaro's thesis, whose sections it cites.
 *
 * <p>Deterministic: no I/O, threads, clocks or unseeded numbers. Depends on {@code dev.gyre.core} for {@code InvariantViolation}
 * alone. Start with {@link dev.gyre.raft.core.RaftCore}; {@link dev.gyre.raft.core.Output} has the contract of the host.
 */
@NullMarked
package dev.gyre.raft.core;

import org.jspecify.annotations.NullMarked;
