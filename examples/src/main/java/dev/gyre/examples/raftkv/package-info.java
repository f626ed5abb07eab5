/** A linearizable key-value store on Raft: every node serves, writes go through the log, reads need no entry. Deterministic. */
package dev.gyre.examples.raftkv;
