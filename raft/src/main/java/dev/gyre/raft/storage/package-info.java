/**
 * The log of a Raft node on its disk: {@link dev.gyre.raft.storage.RaftLog} carries out what {@code dev.gyre.raft.core} wants to have
 * durable, on the files of a {@code Storage}. {@code docs/design/014-raft-log.md} shows the format.
 *
 * <p>Deterministic: it uses what it is given, and no thread, clock or random number. Depends on {@code dev.gyre.core} and {@code
 * dev.gyre.raft.core}.
 */
@NullMarked
package dev.gyre.raft.storage;

import org.jspecify.annotations.NullMarked;
