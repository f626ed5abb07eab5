/**
 * Exactly once for a replicated state machine: sessions of clients (thesis §6.3). {@link dev.gyre.raft.session.Sessions} is a part of the
 * state of a host, which calls it while it applies committed entries. {@code docs/design/017-sessions.md} says why it is as it is.
 *
 * <p>Deterministic: no I/O, threads, clocks or random numbers. Depends on nothing but the JDK.
 */
@NullMarked
package dev.gyre.raft.session;

import org.jspecify.annotations.NullMarked;
