/**
 * Graphs of transactions and the search for cycles in them; shared by the transaction and log checkers, and exported by
 * no one. Pure and deterministic: no clocks, threads, I/O or hash order.
 */
@org.jspecify.annotations.NullMarked
package dev.gyre.core.checker.elle.graph;
