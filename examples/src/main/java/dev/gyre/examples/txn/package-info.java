/**
 * Transactions that are always available: each replica serves what it is asked at once, and what it promises is read-committed. It
 * shows how little order that needs, and replication that goes on until it is confirmed. Everything is kept in memory, and survives every
 * fault but crashes; deterministic. Strict-serializable ones are in {@link dev.gyre.examples.rafttxn}.
 */
package dev.gyre.examples.txn;
