/**
 * Totals of values by key, on Raft: an add is an entry of Raft's log, and acknowledged when that is committed; a total is read from the replica that
 * is asked, once it is up to date. Each add counts once, and survives crashes. Deterministic.
 */
package dev.gyre.examples.rafttotals;
