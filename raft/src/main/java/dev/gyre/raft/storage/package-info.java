/**
 * The log of a Raft node on its disk: {@link dev.gyre.raft.storage.RaftLog} carries out what {@code dev.gyre.raft.core} wants to have
 * durable, on the files of a {@code Storage}. {@code docs/design/014-raft-log.md} shows the format.
 *
 * <p>{@link dev.gyre.raft.storage.RaftLogReader} and {@link dev.gyre.raft.storage.RaftLogPrinter} show a log to a person, damaged or not,
 * and change nothing; {@link dev.gyre.raft.storage.FolderFiles} gives them the folder of a node.
 *
 * <p>Deterministic, but for {@code FolderFiles}, which reads a real folder: it uses what it is given, and no thread, clock or random number. Depends on {@code dev.gyre.core} and {@code
 * dev.gyre.raft.core}.
 */
@NullMarked
package dev.gyre.raft.storage;

import org.jspecify.annotations.NullMarked;
