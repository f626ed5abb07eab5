/**
 * The journal of a run: every message that the network took, delivered or dropped, in order, and the file it is kept in.
 * The entries are pure data. Reading and writing does I/O but is otherwise deterministic: the same entries give the same
 * bytes.
 */
package dev.gyre.maelstrom.journal;
