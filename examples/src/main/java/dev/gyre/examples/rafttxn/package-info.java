/**
 * Transactions over lists, strict-serializable, on Raft: a transaction is one entry of the log, and one that only reads needs none.
 * Deterministic.
 */
package dev.gyre.examples.rafttxn;
