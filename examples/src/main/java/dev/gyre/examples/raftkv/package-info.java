/**
 * A linearizable key-value store on Raft: every node serves, writes go through the log, reads need no entry. It shows a {@link
 * dev.gyre.raft.RaftService} in a node, and what to answer when the fate of a request is not known. Deterministic.
 */
package dev.gyre.examples.raftkv;
