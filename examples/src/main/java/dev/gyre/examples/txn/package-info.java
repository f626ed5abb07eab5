/**
 * Transactions, at the two ends of what can be had. {@link dev.gyre.examples.txn.TxnRwRegisterNode} is always available: each
 * replica serves what it is asked at once, and what it promises is read-committed. {@link
 * dev.gyre.examples.txn.TxnListAppendNode} is strict-serializable: one node does everything, and who cannot reach it waits in
 * vain. The first shows how little order read-committed needs, and replication that goes on until it is confirmed; the second,
 * how much one node alone achieves. Both keep everything in memory and survive every fault but crashes; deterministic.
 */
package dev.gyre.examples.txn;
